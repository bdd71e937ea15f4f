"""Small plausible bugs in consent. A named test must turn red by an assertion for each: `python -m tests.mutants`."""

from dataclasses import dataclass

LINK, SUMMARY, DOORS = (f"apps/supervision/models/{name}.py" for name in ("link", "summary", "doors"))
SHARE, READER = "apps/supervision/actions_summaries.py", "apps/supervision/views_reading.py"
PEOPLE, CLOSING, ACTS = "apps/accounts/models.py", "apps/datarights/actions.py", "apps/supervision/actions.py"
DELETING, WORDLESS = "tests/datarights/test_account_delete.py", "tests/datarights/test_no_word_stays.py"
LINKS, READING, SHARING, MAILS, NARROWING, INVITED = (
    f"tests/supervision/test_{name}.py" for name in ("links", "reading", "sharing", "mails", "narrowing", "invited")
)
DAY, HERE = "standing.filter(expires_on__gte=timezone.localdate(now))", ".filter(link__supervisor=user)"
ACCESS, DOOR, TABLE = "tests/test_access.py", "apps/accounts/middleware.py", "config/access.py"
ERASURE = "tests/supervision/test_erasure.py"
NOT_FOR = "test_invitation_answer_is_not_there_for"
COPIES, REPORTS = "tests/reports/test_copies.py", "apps/reports"
KEPT = ".filter(may_print=True, agreement_version__gte=KEPT_SINCE)"


@dataclass(frozen=True)
class Mutant:
    """One bug: in `file`, `old` becomes `new`; `test` has to notice."""

    name: str
    file: str
    old: str
    new: str
    test: str


def mutant(name: str, file: str, old: str, new: str, where: str, test: str) -> Mutant:
    """A line of the table."""
    return Mutant(name, file, old, new, f"{where}::{test}")


MUTANTS = [
    mutant("expiry ignored", DOORS, DAY, "standing", READING, "test_shared_detail_ends_with_the_last_day"),
    mutant("day by UTC", DOORS, DAY, "standing.filter(expires_on__gte=now.date())", READING,
           "test_shared_detail_ends_with_the_last_day"),
    mutant("anybody reads", DOORS, HERE, "", READING, "test_shared_detail_is_not_there"),
    mutant("author away", DOORS, "live, author__is_active=True", "live", READING, "test_a_deactivated_person"),
    mutant("no receipt", SUMMARY, "        Receipt.objects.create(summary=self, how=how, opened_at=now)\n", "", READING,
           "test_shared_detail_shows_the_summary"),
    mutant("receipt if it can", SUMMARY, "        Receipt.objects.create(summary=self, how=how, opened_at=now)\n",
           "        try:\n            Receipt.objects.create(summary=self, how=how, opened_at=now)\n"
           "        except Exception:\n            pass\n", READING, "test_shared_detail_shows_nothing_if_the_receipt"),
    mutant("drawn after the receipt", READER, "context).render()", "context)", READING,
           "test_shared_detail_leaves_no_receipt"),
    mutant("listed for ever", DOORS, "Q(ended_at__gt=since)", "Q(ended_at__isnull=False)", READING,
           "test_shared_list_says_for_ninety_days"),
    mutant("words outlive the link", "apps/supervision/actions.py", "    end_all_under(link, by=by, now=now)\n", "",
           READING, "test_ending_the_link_takes_back"),
    mutant("sweep finds nobody", LINK, "self.standing().filter(gone |", "self.none().filter(gone |", READING,
           "test_a_deactivated_person"),
    mutant("deactivated, link stays", "apps/home/admin.py", "end_links_of(obj", "(lambda *a, **k: 0)(obj", READING,
           "test_an_administrator_who_deactivates"),
    mutant("told twice", "apps/supervision/mails.py", ".update(**{once.mark: now})", ".exists()", MAILS,
           "test_the_mail_that_there_is_a_summary"),
    mutant("a day too late to tell", DOORS, "expires_on__gt=timezone.localdate(now), ", "", MAILS,
           "test_the_mail_that_a_summary_ends_soon_never_hurries"),
    mutant("told though discussed", DOORS, "discussed_at=None, told_at__lte", "told_at__lte", MAILS,
           "test_the_mail_that_a_summary_ends_soon_is_for_nobody_else"),
    mutant("put off", SUMMARY, ", expires_on__gt=last_day)", ")", NARROWING, "test_summary_shorten_never_puts"),
    mutant("shortened into the past", SUMMARY, "last_day >= today and ", "", NARROWING,
           "test_summary_shorten_never_puts"),
    mutant("leave outlives invitation", ACTS, "    link.end(now=now)\n    Invitation.objects.withdraw(",
           "    link.end(now=now)\n    (lambda *a, **k: 0)(", INVITED, "test_leave_to_sign_up_goes_with"),
    mutant("administrator's leave lost", PEOPLE, "invited_by=by).delete()\n        self.create(",
           ").delete()\n        self.create(", INVITED, "test_leave_of_an_administrator"),
    mutant("mailed in vain", "apps/supervision/forms.py", "        hold_to_domains(email)\n", "", INVITED,
           "test_link_list_refuses_an_address_outside"),
    mutant("always printed", "templates/supervision/shared_detail.html", "{% if not summary.may_print %} app-no-print",
           "{% if False %} app-no-print", READING, "test_print_is_the_words_only"),
    mutant("stolen invitation", LINK, ".filter(email__in=user.proved_addresses)", "", LINKS, NOT_FOR),
    mutant("address not proved", PEOPLE, "emailaddress_set.filter(verified=True)", "emailaddress_set.all()", LINKS,
           NOT_FOR),
    mutant("never runs out", LINK, "accepted_at=None, expires_at__gt=now)", "accepted_at=None)", LINKS, NOT_FOR),
    mutant("one's own supervisor", LINK, "mine.exclude(practitioner=user)", "mine", LINKS, NOT_FOR),
    mutant("shared unconfirmed", LINK, "filter(both, confirmed_at__isnull=False)", "filter(both)", LINKS,
           "test_link_confirm_shows_who"),
    mutant("a stranger ends it", LINK, ".filter(Q(practitioner=user) | Q(supervisor=user))", "", LINKS,
           "test_link_end_is_not_there"),
    mutant("shared unseen", SHARE, "if summary.version != seen or ", "if ", SHARING,
           "test_summary_preview_shares_nothing"),
    mutant("identifiers passed over", SHARE, "if summary.snapshot.undecided():", "if False:", SHARING,
           "test_summary_preview_is_refused"),
    mutant("longer than a year", SHARE, " <= today + timedelta(days=MOST_DAYS):", ":", SHARING,
           "test_summary_is_never_shared_for_longer"),
    mutant("a draft is offered", "apps/supervision/drafting.py",
           "own = Reflection.objects.owned_by(author).completed()\n", "own = Reflection.objects.owned_by(author)\n",
           SHARING, "test_summary_new_of_what_cannot"),
    mutant("closed, shared on", CLOSING, "    leave_supervision(by=person, now=now)\n", "", DELETING,
           "test_account_delete_of_a_supervisor"),
    mutant("closed without an event", CLOSING, "    audit.record(Act.ACCOUNT_DELETED, by=person, about=person)\n", "",
           WORDLESS, "test_account_delete_leaves_her_events_whole"),
    mutant("closed, still named", ACTS, "            summary.forget_reader()\n", "            pass\n", WORDLESS,
           "test_account_delete_leaves_her_name"),
    mutant("declined for others", LINK, "Q(supervisor=None, email__in=user.proved_addresses)", "Q(supervisor=None)",
           DELETING, "test_account_delete_declines"),
    mutant("closed without a password", "apps/datarights/views.py", "if is_reauthentication_required(",
           'if request.method != "POST" and is_reauthentication_required(', DELETING,
           "test_account_delete_asks_for_the_password_first"),
    mutant("closed without a tick", "apps/datarights/forms.py", 'label="Delete', 'required=False, label="Delete',
           DELETING, "test_account_delete_without_the_tick"),
    mutant("a PDF outlives its summary", SUMMARY, "            raise WrongState\n        self._erase_copy()\n",
           "            raise WrongState\n", COPIES, "test_report_of_a_summary_goes_with_the_summary"),
    mutant("a PDF outlives the leave", SUMMARY, "        self._erase_copy()\n        return forbidden",
           "        return forbidden", COPIES, "test_printing_forbidden_erases_the_pdf"),
    mutant("a PDF without leave", DOORS, KEPT, ".filter(agreement_version__gte=KEPT_SINCE)", COPIES,
           "test_copy_make_is_not_there_where"),
    mutant("leave to print is to keep", DOORS, KEPT, ".filter(may_print=True)", COPIES,
           "test_copy_make_is_not_there_where"),
    mutant("download without receipt", f"{REPORTS}/views.py",
           "            download_summary(by=request.user, copy=report.copy_id, now=now)\n", "            pass\n",
           COPIES, "test_report_download_of_a_summary_leaves_a_receipt"),
    mutant("worker looks once", f"{REPORTS}/tasks.py",
           "        copies.hold(report.author, report.copy_id, now=timezone.now())\n", "        pass\n", COPIES,
           "test_make_report_whose_summary_ends_while"),
    mutant("a PDF outlives the last day", f"{REPORTS}/doors.py", "filter(shared, ~Exists", "filter(~Exists",
           COPIES, "test_report_of_a_summary_ends_with_the_last_day"),
    mutant("a pack outlives a summary", f"{REPORTS}/sources.py", "copy=copy) for copy in copies)",
           "copy=copy) for copy in ())", "tests/reports/test_sources.py", "test_a_pack_is_erased_with_any_one"),
    mutant("a pack after the last day", f"{REPORTS}/doors.py", "filter(shared, ~Exists(over))", "filter(shared)",
           "tests/reports/test_sources.py", "test_a_pack_is_not_there_from_the_moment_on"),
    mutant("an answer written over", SHARE, "summary.answer_version != seen", "summary.answer_version < 0", READING,
           "test_shared_answer_from_a_page_that_is_older"),
    mutant("named without a receipt", READER, "opened=False)\n    if", "opened=True)\n    if",
           "tests/supervision/test_agendas.py", "test_shared_answer_names_no_item"),
    mutant("an address without a line", DOOR, "            raise Http404\n        if not",
           "            return None\n        if not", ACCESS, "test_an_address_without_a_line_is_closed"),
    mutant("any method", DOOR, "if request.method in line.methods else", "if request.method else", ACCESS,
           "test_an_address_with_a_line"),
    mutant("signed out, let in", DOOR, "if not line.is_open and not", "if line.is_open and not", ACCESS,
           "test_an_address_with_a_line"),
    mutant("opened to anybody", TABLE, '"accounts:account": Line(SIGNED_IN', '"accounts:account": Line(ANYBODY',
           "tests/core/test_access_page.py", "test_access_page_is_the_one"),
    mutant("a former supervisor", LINK, "self.standing().filter(Q(practitioner", "self.filter(Q(practitioner", ACCESS,
           "test_what_is_not_there_for_somebody"),
    mutant("anybody's report", "apps/reports/doors.py", 'self.filter(author=user).defer("pdf")', 'self.defer("pdf")',
           ACCESS, "test_what_is_not_there_for_somebody"),
    mutant("erased bytes stay in the file", "config/settings.py", "secure_delete=ON", "secure_delete=OFF", ERASURE,
           "test_after_an_ending"),
]  # fmt: skip
