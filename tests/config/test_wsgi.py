"""The web server's entry, given what no browser sends."""

from wsgiref.util import setup_testing_defaults

import pytest


@pytest.mark.parametrize("charset", ["rot13", "hex", "idna", "nonsense", "utf-8", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_charset_gets_a_page_and_no_error(db, charset, method):
    from config.wsgi import application

    environ = {"REQUEST_METHOD": method, "PATH_INFO": "/about/", "QUERY_STRING": "words=X%41", "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    environ["CONTENT_TYPE"] = f"multipart/form-data; boundary=b; charset={charset}"
    answers = []
    b"".join(application(environ, lambda status, headers, *rest: answers.append(status)))
    assert answers[0][:3] in {"200", "403"}
