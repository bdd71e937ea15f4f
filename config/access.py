"""Who may open which address: the access table, one line each (decision 0022).

An address without a line is closed to everybody and fails tests/test_access.py. A line says whom the address answers,
by which methods, what of anybody's it may show and, by `of`, the object that it names. docs/governance/access.md is
printed from it.
"""

from apps.core.access import ACT, FORM, READ, Line, Shows, Who

ANYBODY, SIGNED_IN, OWNER, READER = Who.ANYBODY, Who.SIGNED_IN, Who.OWNER, Who.READER
EITHER_SIDE, INVITED, EDITOR, ADMINISTRATOR = Who.EITHER_SIDE, Who.INVITED, Who.EDITOR, Who.ADMINISTRATOR

NOTHING, REFLECTIONS, PLANS, VALUE_CARDS = Shows.NOTHING, Shows.REFLECTIONS, Shows.PLANS, Shows.VALUE_CARDS
OWN_STRATEGIES, REPORTS, SUMMARIES, ANSWERS = Shows.OWN_STRATEGIES, Shows.REPORTS, Shows.SUMMARIES, Shows.ANSWERS
SUGGESTED, UNPUBLISHED, PEOPLE, CPD = Shows.SUGGESTED, Shows.UNPUBLISHED, Shows.PEOPLE, Shows.CPD

HOME = {
    "home:home": Line(ANYBODY, READ),
    "home:support": Line(ANYBODY, READ),
    "home:about": Line(ANYBODY, READ),
    "home:privacy": Line(ANYBODY, READ),
    "home:accessibility": Line(ANYBODY, READ),
    "home:health_live": Line(ANYBODY, READ),
    "home:health_ready": Line(ANYBODY, READ),
    "home:identifiers_find": Line(SIGNED_IN, ACT),
    "accounts:account": Line(SIGNED_IN, READ),
    "accounts:account_name": Line(SIGNED_IN, FORM),
    "datarights:account_delete": Line(SIGNED_IN, FORM),
    "insights:evidence": Line(SIGNED_IN, READ),
    "insights:insights": Line(SIGNED_IN, READ),
}
JOURNAL = {
    "journal:reflection_list": Line(SIGNED_IN, FORM, REFLECTIONS | VALUE_CARDS),
    "journal:reflection_start": Line(SIGNED_IN, FORM),
    "journal:paper": Line(SIGNED_IN, READ),
    "journal:reflection_detail": Line(OWNER, READ, REFLECTIONS | PLANS, of="reflection"),
    "journal:reflection_challenge": Line(OWNER, FORM, REFLECTIONS, of="draft"),
    "journal:reflection_values": Line(OWNER, FORM, REFLECTIONS | VALUE_CARDS, of="draft"),
    "journal:reflection_coping": Line(OWNER, FORM, REFLECTIONS | OWN_STRATEGIES, of="draft"),
    "journal:reflection_quick": Line(OWNER, FORM, REFLECTIONS | VALUE_CARDS | OWN_STRATEGIES, of="draft"),
    "journal:reflection_autosave": Line(OWNER, ACT, of="draft"),
    "journal:reflection_complete": Line(OWNER, ACT, REFLECTIONS, of="draft"),
    "journal:reflection_close": Line(OWNER, READ, PLANS, of="reflection"),
    "journal:reflection_reopen": Line(OWNER, ACT, of="reflection"),
    "journal:reflection_delete": Line(OWNER, FORM, of="reflection"),
    "journal:plan_list": Line(SIGNED_IN, READ, PLANS),
    "journal:plan_calendar": Line(SIGNED_IN, READ),
    "journal:plan_look_back": Line(OWNER, FORM, PLANS, of="plan"),
    "journal:reminder_edit": Line(SIGNED_IN, FORM),
    "journal:reminder_stop": Line(SIGNED_IN, ACT),
    "reports:report_list": Line(SIGNED_IN, READ),
    "reports:report_new": Line(SIGNED_IN, FORM),
    "reports:report_when": Line(SIGNED_IN, FORM),
    "reports:report_period": Line(SIGNED_IN, FORM),
    "reports:report_choose": Line(SIGNED_IN, FORM),
    "reports:report_detail": Line(OWNER, READ, of="report"),
    "reports:report_download": Line(OWNER, READ, REPORTS, of="report"),
    "reports:report_again": Line(OWNER, ACT, of="report"),
    "reports:report_erase": Line(OWNER, ACT, of="report"),
    "reports:cpd_record": Line(SIGNED_IN, READ, CPD),
    "reports:cpd_new": Line(SIGNED_IN, FORM),
    "reports:cpd_detail": Line(OWNER, FORM, CPD, of="CPD statement"),
    "reports:cpd_change": Line(OWNER, FORM, CPD, of="CPD statement"),
    "reports:cpd_delete": Line(OWNER, FORM, of="CPD statement"),
}
LIBRARIES = {
    "values:compass": Line(SIGNED_IN, READ, VALUE_CARDS),
    "values:value_detail": Line(OWNER, READ, VALUE_CARDS, of="value card"),
    "values:compass_choose": Line(SIGNED_IN, FORM, VALUE_CARDS),
    "values:compass_place": Line(SIGNED_IN, FORM, VALUE_CARDS),
    "values:compass_skip": Line(SIGNED_IN, ACT),
    "coping:strategy_list": Line(SIGNED_IN, FORM),
    "coping:strategy_detail": Line(SIGNED_IN, READ, of="published strategy"),
    "coping:strategy_favourite": Line(SIGNED_IN, ACT, of="published strategy"),
    "coping:card_list": Line(SIGNED_IN, READ),
    "coping:own_list": Line(SIGNED_IN, READ, OWN_STRATEGIES | SUGGESTED),
    "coping:own_add": Line(SIGNED_IN, FORM),
    "coping:own_detail": Line(OWNER, READ, OWN_STRATEGIES, of="own strategy"),
    "coping:own_change": Line(OWNER, FORM, OWN_STRATEGIES, of="own strategy"),
    "coping:own_delete": Line(OWNER, FORM, OWN_STRATEGIES, of="own strategy"),
    "coping:own_suggest": Line(OWNER, FORM, OWN_STRATEGIES, of="own strategy"),
    "coping:suggested_take_back": Line(OWNER, ACT, of="suggested strategy"),
}
SHARING = {
    "supervision:summary_list": Line(SIGNED_IN, READ, PEOPLE),
    "supervision:summary_new": Line(SIGNED_IN, FORM, PEOPLE),
    "supervision:summary_new_period": Line(SIGNED_IN, FORM, PEOPLE),
    "supervision:summary_new_agenda": Line(SIGNED_IN, FORM, PEOPLE),
    "supervision:summary_edit": Line(OWNER, FORM, SUMMARIES | PEOPLE, of="draft summary"),
    "supervision:summary_preview": Line(OWNER, FORM, SUMMARIES | PEOPLE, of="draft summary"),
    "supervision:summary_discard": Line(OWNER, FORM, PEOPLE, of="draft summary"),
    "supervision:summary_detail": Line(OWNER, READ, SUMMARIES | ANSWERS | PEOPLE, of="summary"),
    "supervision:summary_take_back": Line(OWNER, ACT, of="summary"),
    "supervision:summary_forbid_print": Line(OWNER, ACT, of="summary"),
    "supervision:summary_shorten": Line(OWNER, ACT, of="summary"),
    "supervision:link_list": Line(SIGNED_IN, FORM, PEOPLE),
    "supervision:link_confirm": Line(OWNER, FORM, PEOPLE, of="accepted link"),
    "supervision:link_end": Line(EITHER_SIDE, FORM, PEOPLE, of="link"),
    "supervision:invitation_answer": Line(INVITED, FORM, PEOPLE, of="invitation"),
    "supervision:invitation_open": Line(ANYBODY, READ, of="mailed link"),
    "supervision:shared_list": Line(SIGNED_IN, READ, PEOPLE),
    "supervision:shared_detail": Line(
        READER, ("GET",), SUMMARIES | ANSWERS | PEOPLE, of="summary"
    ),  # HEAD reads nothing
    "supervision:shared_answer": Line(READER, ACT, of="summary"),
    "reports:copy_make": Line(READER, ACT, of="summary"),
}
STAFF = {
    "admin:index": Line(EDITOR, READ),
    "admin:app_list": Line(ADMINISTRATOR, READ, of="part of the staff pages"),
    "admin:coping_strategy_changelist": Line(EDITOR, READ, PEOPLE),
    "admin:coping_strategy_change": Line(EDITOR, FORM, PEOPLE, of="strategy"),
    "admin:coping_strategy_history": Line(EDITOR, READ, PEOPLE, of="strategy"),
    "admin:coping_strategyversion_add": Line(EDITOR, FORM),
    "admin:coping_strategyversion_change": Line(EDITOR, FORM, UNPUBLISHED | PEOPLE, of="version"),
    "admin:coping_suggestedstrategy_changelist": Line(EDITOR, READ, SUGGESTED),
    "admin:coping_suggestedstrategy_change": Line(EDITOR, FORM, SUGGESTED, of="suggested strategy"),
    "admin:coping_suggestedstrategy_history": Line(EDITOR, READ, PEOPLE, of="suggested strategy"),
    "admin:accounts_user_changelist": Line(ADMINISTRATOR, READ, PEOPLE),
    "admin:accounts_user_change": Line(ADMINISTRATOR, FORM, PEOPLE, of="account"),
    "admin:accounts_user_history": Line(ADMINISTRATOR, READ, PEOPLE, of="account"),
}
SIGN_IN = {  # allauth's
    "account_login": Line(ANYBODY, FORM),
    "account_logout": Line(ANYBODY, FORM),
    "account_inactive": Line(ANYBODY, READ),
    "account_signup": Line(ANYBODY, FORM),
    "account_reauthenticate": Line(SIGNED_IN, FORM),
    "account_email": Line(SIGNED_IN, FORM),
    "account_email_verification_sent": Line(ANYBODY, READ),
    "account_change_password": Line(SIGNED_IN, FORM),
    "account_set_password": Line(SIGNED_IN, FORM),
    "account_reset_password": Line(ANYBODY, FORM),
    "account_confirm_login_code": Line(ANYBODY, FORM),
    "account_confirm_email": Line(ANYBODY, FORM, of="mailed link"),
    "account_reset_password_from_key_done": Line(ANYBODY, READ),
    "account_reset_password_from_key": Line(ANYBODY, FORM, of="mailed link"),
    "account_reset_password_done": Line(ANYBODY, READ),
}
OURS = HOME | JOURNAL | LIBRARIES | SHARING
ACCESS = OURS | STAFF | SIGN_IN
