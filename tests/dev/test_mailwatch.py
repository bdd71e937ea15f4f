"""The terminal tells each mail's recipient and links, and nothing else of it."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from scripts.mailwatch import MailWatch

SIGN_UP = "Calm words for you alone.\n\nConfirm: http://localhost:8000/accounts/confirm-email/abc:def/\n"


@pytest.fixture
def post(tmp_path):
    """Sends through Django's own file backend, as Keel does when it runs on one machine."""

    def send(body, to="amina@example.nhs.uk", html="", connection=None):
        connection = connection or get_connection(
            "django.core.mail.backends.filebased.EmailBackend", file_path=tmp_path
        )
        mail = EmailMultiAlternatives("Please confirm", body, "keel@localhost", [to], connection=connection)
        if html:
            mail.attach_alternative(html, "text/html")
        mail.send()
        return connection

    return send


def test_new_links_tells_the_recipient_and_the_link_and_no_words(tmp_path, post):
    watch = MailWatch(tmp_path)
    post(SIGN_UP, html="<p>Calm words</p><a href='http://localhost:8000/other/'>Confirm</a>")
    assert watch.new_links() == ["Mail to amina@example.nhs.uk: http://localhost:8000/accounts/confirm-email/abc:def/"]


def test_new_links_tells_each_mail_once(tmp_path, post):
    watch = MailWatch(tmp_path)
    post(SIGN_UP)
    watch.new_links()
    assert watch.new_links() == []


def test_new_links_leaves_out_mails_from_before_the_start(tmp_path, post):
    post(SIGN_UP)
    assert MailWatch(tmp_path).new_links() == []


def test_new_links_finds_a_second_mail_in_the_same_file(tmp_path, post):
    watch = MailWatch(tmp_path)
    connection = post(SIGN_UP)
    watch.new_links()
    post("See http://localhost:8000/reports/", to="ben@example.nhs.uk", connection=connection)
    assert len(list(tmp_path.iterdir())) == 1
    assert watch.new_links() == ["Mail to ben@example.nhs.uk: http://localhost:8000/reports/"]


def test_new_links_waits_for_a_mail_that_is_half_written(tmp_path, post):
    post(SIGN_UP)
    (written,) = tmp_path.iterdir()
    whole = written.read_bytes()
    watched = tmp_path / "watched"
    watched.mkdir()
    watch = MailWatch(watched)
    (watched / "1.log").write_bytes(whole[:-100])
    assert watch.new_links() == []
    (watched / "1.log").write_bytes(whole)
    assert len(watch.new_links()) == 1


def test_new_links_keeps_a_long_link_whole(tmp_path, post):
    watch = MailWatch(tmp_path)
    link = "http://localhost:8000/accounts/confirm-email/" + "x" * 300 + "/"
    post(f"Confirm: {link}")
    assert watch.new_links() == [f"Mail to amina@example.nhs.uk: {link}"]
