"""The status of each answer. Where an address lets somebody in, its status is no policy: it stands here, by name."""

from apps.core.access import Who
from config.access import ACCESS
from tests.access_cast import OUT, STAFF, Thing

ARGUMENTS = {  # of addresses that name something which is none of the cast's
    "admin:app_list": {"app_label": "accounts"},
    "account_confirm_email": {"key": "no-such-key"},
    "supervision:invitation_open": {"token": "from-a-mail"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
}
ARGUMENTS |= {
    "reports:report_choose": {"kind": "evidence"},
    "reports:report_period": {"first": "2026-07-01", "last": "2026-07-31"},
}
USUAL = {"GET": 200, "POST": 302}
ANSWERS = {  # where those who are let in get another status than usual
    **{
        name: {"POST": 200}  # an empty form comes back with what is wrong
        for name in (
            "journal:reflection_list", "journal:reflection_start", "journal:plan_look_back", "journal:reminder_edit",
            "values:compass_choose", "coping:strategy_list", "coping:own_add", "coping:own_change",
            "coping:own_suggest", "supervision:summary_new", "supervision:summary_new_period",
            "supervision:summary_new_agenda", "supervision:summary_edit", "supervision:link_list",
            "reports:report_new", "reports:cpd_new", "reports:cpd_detail", "reports:cpd_change",
            "reports:report_new", "reports:report_when", "reports:report_period", "reports:report_choose",
            "admin:coping_strategyversion_add", "account_reauthenticate",
            "account_change_password", "account_reset_password", "account_reset_password_from_key",
        )
    },
    "journal:reflection_challenge": {"POST": 409},  # an empty form against no version
    "journal:reflection_quick": {"POST": 409},
    "journal:reflection_autosave": {"POST": 400},
    "journal:reflection_complete": {"POST": 422},
    "values:compass_place": {"GET": 302, **{f"{act} by {name}": 200 for act in USUAL for name in ("amina", "ben")}},
    "admin:coping_strategyversion_change": {"POST": 200, "POST by ada": 404},  # who did not write it
    "admin:coping_strategy_change": {"POST": 404},  # but for its buttons
    "admin:coping_suggestedstrategy_change": {"POST": 404},
    "account_confirm_email": {"POST": 404},
    "datarights:account_delete": {"GET": 302},  # to give the password again: nobody here just did
    "home:identifiers_find": {"POST": 422},  # without a text
    "supervision:shared_answer": {"POST": 422},  # without the number of the answer it is to replace
    "supervision:invitation_open": {"GET": 302},  # leads on, whatever the link
    **{name: {"GET": 302} for name in (
        "account_login", "account_signup", "account_set_password", "account_confirm_login_code")},  # nothing to do here
}  # fmt: skip
SIGNED_OUT = {
    "account_login": {"POST": 200},
    "account_signup": {"POST": 200},
    "account_logout": {"GET": 302},
    "supervision:invitation_open": {"GET": 302},
}


def expected(name: str, thing: Thing, person: str | None, method: str) -> tuple[int, bool]:
    """The status that the access table gives, and whether it is a refusal."""
    line = ACCESS[name]
    if person in OUT and not line.is_open:
        return (302 if method in ("GET", "HEAD") else 403), True  # to sign in and back; refused, or rescued
    if line.is_for_staff and person not in STAFF[Who.EDITOR]:
        return 404, True
    if method not in line.methods:
        return 405, True
    if not thing.is_there_for(person, line):
        return 404, True
    asked = "GET" if method == "HEAD" else method
    special = SIGNED_OUT.get(name, {}) if person in OUT and name in SIGNED_OUT else ANSWERS.get(name, {})
    return special.get(f"{asked} by {person}", special.get(asked, USUAL[asked])), False
