"""Who gets what at each address, one line each. An address without a line fails tests/test_access.py.

A method that a line does not name answers 405 to whoever is let in. HEAD answers as GET does.
"""

from dataclasses import dataclass, field

CLOSED = {"GET": 302, "HEAD": 302, "*": 403}  # to sign in and back; a form is refused, or handed back by the rescue
READ = {"GET": 200, "HEAD": 200}


@dataclass(frozen=True)
class Line:
    """One address: what a signed-out visitor gets, what those who are let in get, and whose it is."""

    answers: dict[str, int]
    signed_out: dict[str, int] = field(default_factory=lambda: CLOSED)
    about: str = ""  # the object that the address names; to everybody but `people` it is not there
    people: tuple[str, ...] = ("amina",)  # those of the cast whose object it is
    staff: tuple[str, ...] = ()  # those of the cast whose page it is; to everybody else it is not there
    arguments: dict[str, str] = field(default_factory=dict)

    def expected(self, method: str, person: str | None, *, signed_in: bool) -> int:
        """The status one person gets by one method."""
        if not signed_in:
            return self.signed_out.get(method, self.signed_out.get("*", 405))
        if self.staff and person not in self.staff:
            return 404
        if self.about and person not in self.people and method in self.answers:
            return 404
        return self.answers.get(method, self.answers.get("*", 405))


def ours(answers: dict[str, int]) -> dict[str, int]:
    """The answers with HEAD, which is as GET is."""
    return answers | ({"HEAD": answers["GET"]} if "GET" in answers else {})


def anybody(**answers: int) -> Line:
    """An address that is the same for everybody."""
    return Line(ours(answers), signed_out=ours(answers))


def signed_in(arguments: dict[str, str] | None = None, **answers: int) -> Line:
    """An address for everybody who is signed in."""
    return Line(ours(answers), arguments=arguments or {})


def author(about: str, **answers: int) -> Line:
    """An address of one object, which is there for its author alone."""
    return Line(ours(answers), about=about)


def theirs(about: str, *people: str, **answers: int) -> Line:
    """An address of one object, which is there for these of the cast alone."""
    return Line(ours(answers), about=about, people=people)


def staff(*people: str, object_id: str = "", **answers: int) -> Line:
    """An address for staff, of the admin, which reads by any method but POST; `object_id` names one of the cast."""
    arguments = {"object_id": object_id} if object_id else {}
    return Line({"*": 200, **answers}, staff=people, arguments=arguments)


AWAY = {"*": 302}  # nothing to do here for this person: sent on
FORM = {**READ, "OPTIONS": 200, "POST": 200, "PUT": 200}  # allauth's forms; an empty one comes back with its errors
PAGE = {**READ, "OPTIONS": 200}
A_KEY, A_RESET = {"key": "no-such-key"}, {"uidb36": "1", "key": "no-such-key"}

ALLAUTH = {
    "account_login": Line(AWAY, signed_out=FORM),
    "account_logout": Line({**PAGE, "POST": 302}, signed_out={"GET": 302, "HEAD": 302, "POST": 302, "OPTIONS": 200}),
    "account_inactive": Line(PAGE, signed_out=PAGE),
    "account_signup": Line(AWAY, signed_out=FORM),
    "account_reauthenticate": Line(FORM),
    "account_email": Line({**PAGE, "POST": 302, "PUT": 302}),
    "account_email_verification_sent": Line(PAGE, signed_out=PAGE),
    "account_change_password": Line(FORM),
    "account_set_password": Line(AWAY),
    "account_reset_password": Line(FORM, signed_out=FORM),
    "account_confirm_login_code": Line(AWAY, signed_out=AWAY),
    "account_confirm_email": Line({**PAGE, "POST": 404}, signed_out={**PAGE, "POST": 404}, arguments=A_KEY),
    "account_reset_password_from_key_done": Line(PAGE, signed_out=PAGE),
    "account_reset_password_from_key": Line({"*": 200}, signed_out={"*": 200}, arguments=A_RESET),  # "has run out"
    "account_reset_password_done": Line(PAGE, signed_out=PAGE),
}
OURS = {
    "home:home": anybody(**READ),
    "home:support": anybody(**READ),
    "accounts:account": signed_in(**READ),
    "datarights:account_delete": signed_in(GET=302, POST=302),  # to give the password again: nobody here just did
    "home:about": anybody(**READ),
    "home:privacy": anybody(**READ),
    "home:accessibility": anybody(**READ),
    "home:identifiers_find": signed_in(POST=422),
    "home:health_live": anybody(**READ),
    "home:health_ready": anybody(**READ),
    "journal:reflection_list": signed_in(GET=200, POST=200),
    "journal:reflection_start": signed_in(GET=200, POST=200),
    "journal:reflection_detail": author("draft", GET=200),
    "journal:reflection_challenge": author("draft", GET=200, POST=409),  # POST: an empty form against no version
    "journal:reflection_values": author("draft", GET=200, POST=302),
    "journal:reflection_coping": author("draft", GET=200, POST=302),
    "journal:reflection_quick": author("draft", GET=200, POST=409),
    "journal:reflection_autosave": author("draft", POST=400),
    "journal:reflection_complete": author("draft", POST=422),
    "journal:reflection_close": author("reflection", GET=200),
    "journal:reflection_reopen": author("reflection", POST=302),
    "journal:reflection_delete": author("draft", GET=200, POST=302),
    "journal:plan_list": signed_in(GET=200),
    "journal:plan_calendar": signed_in(GET=200),
    "journal:reminder_edit": signed_in(GET=200, POST=200),
    "journal:reminder_stop": signed_in(POST=302),
    "journal:plan_look_back": author("plan", GET=200, POST=200),
    "values:compass": signed_in(**READ),
    "values:value_detail": author("card", GET=200),
    "values:compass_choose": signed_in(GET=200, POST=200),
    "values:compass_place": signed_in(GET=302, POST=302),  # to choose first: nobody here has
    "values:compass_skip": signed_in(POST=302),
    "coping:strategy_list": signed_in(**READ, POST=200),
    "coping:strategy_detail": signed_in({"slug": "published"}, **READ),
    "coping:strategy_favourite": signed_in({"slug": "published"}, POST=302),
    "coping:card_list": signed_in(**READ),
    "insights:evidence": signed_in(**READ),
    "coping:own_list": signed_in(**READ),
    "coping:own_add": signed_in(GET=200, POST=200),
    "coping:own_detail": author("own", **READ),
    "coping:own_change": author("own", GET=200, POST=200),
    "coping:own_delete": author("own", GET=200, POST=302),
    "coping:own_suggest": author("own", GET=200, POST=200),
    "coping:suggested_take_back": author("suggested", POST=302),
    "supervision:summary_list": signed_in(GET=200),
    "supervision:summary_new": signed_in(GET=200, POST=200),
    "supervision:summary_new_period": signed_in(GET=200, POST=200),
    "supervision:summary_new_agenda": signed_in(GET=200, POST=200),
    "supervision:summary_edit": author("summary_draft", GET=200, POST=200),
    "supervision:summary_preview": author("summary_draft", GET=200, POST=302),
    "supervision:summary_discard": author("summary_draft", POST=302),
    "supervision:summary_detail": author("summary", GET=200),
    "supervision:summary_take_back": author("summary", POST=302),
    "supervision:summary_forbid_print": author("summary", POST=302),
    "supervision:summary_shorten": author("summary", POST=302),
    "supervision:shared_detail": Line({"GET": 200}, about="summary", people=("sam",)),  # HEAD would leave a receipt
    "supervision:shared_answer": theirs("summary", "sam", POST=302),
    "supervision:link_list": signed_in(GET=200, POST=200),
    "supervision:link_confirm": author("accepted", GET=200, POST=302),
    "supervision:link_end": theirs("link", "amina", "sam", GET=200, POST=302),
    "supervision:invitation_open": Line(  # leads on, whatever the link
        {"GET": 302, "HEAD": 302}, signed_out={"GET": 302, "HEAD": 302}, arguments={"token": "from-a-mail"}
    ),
    "supervision:invitation_answer": theirs("invitation", "sam", GET=200, POST=302),
    "supervision:shared_list": signed_in(**READ),
    "reports:report_list": signed_in(**READ),
    "reports:report_new": signed_in(GET=200, POST=200),
    "reports:copy_make": theirs("summary_to_keep", "sam", POST=302),
    "reports:report_detail": author("report", **READ),
    "reports:report_download": author("report", **READ),
    "reports:report_again": author("report", POST=302),
    "reports:report_erase": author("report", POST=302),
}
ADMIN = {
    "admin:index": staff("edie", "ada"),
    "admin:app_list": Line({"*": 200}, staff=("ada",), arguments={"app_label": "accounts"}),
    "admin:coping_strategy_changelist": staff("edie", "ada"),
    "admin:coping_strategy_change": staff("edie", "ada", object_id="strategy", POST=404),  # but for its buttons
    "admin:coping_strategy_history": staff("edie", "ada", object_id="strategy"),
    "admin:coping_strategyversion_add": staff("edie", "ada"),
    "admin:coping_strategyversion_change": staff("edie", "ada", object_id="version", POST=404),  # it is published
    "admin:coping_suggestedstrategy_changelist": staff("edie", "ada"),
    "admin:coping_suggestedstrategy_change": staff("edie", "ada", object_id="suggested", POST=404),  # as above
    "admin:coping_suggestedstrategy_history": staff("edie", "ada", object_id="suggested"),
    "admin:accounts_user_changelist": staff("ada"),
    "admin:accounts_user_change": staff("ada", object_id="ben", POST=302),
    "admin:accounts_user_history": staff("ada", object_id="ben"),
}
TABLE = ALLAUTH | OURS | ADMIN
