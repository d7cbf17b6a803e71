/**
 * Asks the desk by POST with JSON and the CSRF token, and says plainly what came of it.
 *
 * The token is read from <meta name="csrf-token" content="..."> or from any field named csrfmiddlewaretoken.
 * post(url, body, options) answers {ok, status, data, trouble}; it never throws but for an abort.
 * trouble: "" | "offline" (no answer) | "signed-out" (the log-in page or 401) | "forbidden" (403) | "conflict" (409)
 *          | "busy" (429, 503) | "refused" (other 4xx) | "broken" (5xx or no JSON).
 */

export function token() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta?.content || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

const TROUBLE = { 401: "signed-out", 403: "forbidden", 409: "conflict", 429: "busy", 503: "busy" };

function troubleOf(response, isJson) {
  if (response.redirected) return "signed-out";
  if (TROUBLE[response.status]) return TROUBLE[response.status];
  if (!response.ok) return response.status < 500 ? "refused" : "broken";
  return isJson || response.status === 204 ? "" : "broken";
}

export async function post(url, body, { signal, keepalive = false } = {}) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(body),
      signal,
      keepalive,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { ok: false, status: 0, data: {}, trouble: "offline" };
  }
  const isJson = (response.headers.get("Content-Type") || "").includes("json");
  let data = {};
  try {
    if (isJson) data = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { ok: false, status: response.status, data: {}, trouble: "offline" };
  }
  const trouble = troubleOf(response, isJson);
  return { ok: !trouble, status: response.status, data, trouble };
}
