import pytest

from tests.text.mails import mail
from zgoda_desk.post.mail import Authentication, parse

RESULTS = (
    "Authentication-Results: mx.shop.example 1; "
    "spf=pass (a; dkim=pass) smtp.mailfrom=x; dkim=fail; dkim=pass; DMARC=Fail"
)


def test_results_of_the_trusted_server_are_read() -> None:
    read = parse(mail(b"Hi", RESULTS), authserv_id="MX.shop.example").authentication
    assert read == Authentication("pass", "pass", "fail")


def test_results_of_nobody_or_of_another_server_are_not_believed() -> None:
    assert parse(mail(b"Hi", RESULTS)).authentication is None
    assert parse(mail(b"Hi", RESULTS), authserv_id="shop.example").authentication is None


def test_only_the_topmost_results_count() -> None:
    forged = RESULTS.replace("DMARC=Fail", "dmarc=pass")
    read = parse(mail(b"Hi", RESULTS, forged), authserv_id="mx.shop.example").authentication
    assert read is not None
    assert read.dmarc == "fail"


@pytest.mark.parametrize(
    "header",
    ["X-Spam-Flag: YES", "X-Spam-Status: Yes, score=9", "X-Rspamd-Action: add header", "X-Spam: Yes",
     "X-MS-Exchange-Organization-SCL: 6", "X-Forefront-Antispam-Report: CIP:1.2.3.4;SCL:9;SFV:SPM"],
)  # fmt: skip
def test_spam_is_told_by_the_filters_header(header: str) -> None:
    assert parse(mail(b"Hi", header)).spam


@pytest.mark.parametrize(
    "header",
    ["X-Spam-Flag: NO", "X-Spam-Status: No, score=1", "X-Rspamd-Action: no action", "X-MS-Exchange-Organization-SCL: 1",
     "X-Forefront-Antispam-Report: SCL:1", "X-MS-Exchange-Organization-SCL: -1"],
)  # fmt: skip
def test_ham_is_no_spam(header: str) -> None:
    assert not parse(mail(b"Hi", header)).spam
