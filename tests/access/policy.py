"""Who may open which page: the table that every URL is held against.

One line per URL name. A page that is missing here fails the test, so a new page begins with a decision:

    "room:page": Rule(AUDIENCE),                           a page without object
    "room:thing": Rule(AUDIENCE, sample="record"),         its object is a recommendation (or hangs on one): who
                                                           sees it follows from the visibility, see READERS
    "room:own": Rule(AUDIENCE, sample="notice", readers=…) its object is seen by these persons alone
    get={405}                                              the page only takes POST

Persons outside the audience: a visitor is sent to the sign-in page, everybody else gets 403. Persons of the audience
who may not see the object: 404. Samples are made in `samples.py`.
"""

from dataclasses import dataclass

HEALTH = frozenset({"focal", "alternate", "validating"})
CONTRIBUTORS = HEALTH | {"stranger"}
SECRETARIAT = frozenset({"secretariat", "administrator"})
ADMINISTRATOR = frozenset({"administrator"})
STATE_STAFF = CONTRIBUTORS | SECRETARIAT | {"statistician"}
SIGNED_IN = STATE_STAFF | {"nhri", "cso", "parliament"}
EVERYONE = SIGNED_IN | {"visitor"}
WRITERS = CONTRIBUTORS | SECRETARIAT
STATISTICIANS = frozenset({"statistician"})
KEEPERS = SECRETARIAT | STATISTICIANS
ENTERING = CONTRIBUTORS | STATISTICIANS
NOBODY: frozenset[str] = frozenset()

# Who reads a recommendation of each visibility that is assigned to the institution "health". "named" is restricted,
# with cso and secretariat named on the record; "restricted" names nobody.
READERS = {
    "public": EVERYONE,
    "institutions": HEALTH | SECRETARIAT | {"statistician"},
    "secretariat": SECRETARIAT,
    "restricted": NOBODY,
    "named": frozenset({"cso", "secretariat"}),
}
VISIBILITIES = list(READERS)


@dataclass(frozen=True)
class Rule:
    """`sample` names the object in the address; `readers` who may see it where visibility does not decide; `actors`
    who of them may do the deed (others: 403 or 404); `public_only`: the page shows what is public, to all alike. `get`: the statuses a permitted GET may answer."""

    audience: frozenset[str]
    sample: str = ""
    readers: frozenset[str] | None = None
    actors: frozenset[str] | None = None
    public_only: bool = False
    get: frozenset[int] = frozenset({200})

    def sees(self, person: str, visibility: str) -> bool:
        if self.readers is not None:
            return person in self.readers
        if self.public_only:
            return visibility == "public"
        return person in READERS[visibility]

    @property
    def visibilities(self) -> list[str]:
        return VISIBILITIES if self.sample and self.readers is None else ["public"]


POST = frozenset({405})
ANY = frozenset({200, 302})


def published(sample: str) -> Rule:
    return Rule(EVERYONE, sample, readers=EVERYONE)


POLICY: dict[str, Rule] = {
    # portal: everyone, and only what is public
    "portal:home": Rule(EVERYONE),
    "portal:about": Rule(EVERYONE),
    "portal:recommendations": Rule(EVERYONE),
    "portal:export": published("export_format"),
    "portal:recommendation": Rule(EVERYONE, "record", public_only=True),
    "portal:recommendation_json": Rule(EVERYONE, "record", public_only=True),
    "portal:figures": Rule(EVERYONE),
    "portal:figures_download": published("figures_format"),
    "portal:themes": Rule(EVERYONE),
    "portal:theme": published("theme"),
    "portal:groups": Rule(EVERYONE),
    "portal:group": published("group"),
    "portal:institutions": Rule(EVERYONE),
    "portal:institution": published("institution"),
    "portal:mechanisms": Rule(EVERYONE),
    "portal:mechanism": published("mechanism"),
    "portal:documents": Rule(EVERYONE),
    "portal:document": published("document"),
    "portal:sdgs": Rule(EVERYONE),
    "portal:sdg": published("sdg"),
    "portal:rights": Rule(EVERYONE),
    "portal:right": published("right"),
    "portal:clusters": Rule(EVERYONE),
    "portal:cluster": published("cluster"),
    "portal:instruments": Rule(EVERYONE),
    "portal:instruments_download": published("table_format"),
    "portal:instrument": published("instrument"),
    "portal:plans": Rule(EVERYONE),
    "portal:plan": published("published_plan"),
    "portal:plan_file": published("published_plan_file"),
    "portal:indicators": Rule(EVERYONE),
    "portal:indicator": Rule(EVERYONE, "indicator", readers=EVERYONE),
    "portal:indicator_file": Rule(EVERYONE, "indicator_file", readers=EVERYONE),
    # indicators: the sample is public and held by the institution "health"
    "indicators:index": Rule(SIGNED_IN),
    "indicators:new": Rule(KEEPERS),
    "indicators:compare": Rule(SIGNED_IN),
    "indicators:queue": Rule(STATISTICIANS),
    "indicators:validate": Rule(STATISTICIANS, get=POST),
    "indicators:requests": Rule(STATE_STAFF),
    "indicators:new_request": Rule(KEEPERS),
    "indicators:request": Rule(STATE_STAFF, "figure_request", readers=HEALTH | KEEPERS),
    "indicators:close_request": Rule(KEEPERS, "figure_request", readers=KEEPERS, get=POST),
    "indicators:right": Rule(SIGNED_IN, "right", readers=SIGNED_IN),
    "indicators:figure": Rule(SIGNED_IN, "figure", readers=SIGNED_IN),
    "indicators:withdraw": Rule(ENTERING, "figure", readers=STATISTICIANS | CONTRIBUTORS, get=POST),
    "indicators:return": Rule(STATISTICIANS, "figure", readers=STATISTICIANS, get=POST),
    "indicators:detail": Rule(SIGNED_IN, "indicator", readers=SIGNED_IN),
    "indicators:enter": Rule(ENTERING, "indicator", readers=STATISTICIANS | HEALTH),
    "indicators:edit": Rule(KEEPERS, "indicator", readers=KEEPERS),
    "indicators:path": Rule(KEEPERS, "indicator", readers=KEEPERS),
    "indicators:history": Rule(KEEPERS, "indicator", readers=KEEPERS),
    "indicators:file": Rule(SIGNED_IN, "indicator_file", readers=SIGNED_IN),
    "observations:index": Rule(STATISTICIANS),
    "observations:file": Rule(STATISTICIANS, "delivery", readers=STATISTICIANS),
    "observations:columns": Rule(STATISTICIANS, "delivery", readers=STATISTICIANS),
    "observations:apply": Rule(STATISTICIANS, "delivery", readers=STATISTICIANS, get=POST),
    "observations:discard": Rule(STATISTICIANS, "delivery", readers=STATISTICIANS, get=POST),
    "observations:undo": Rule(STATISTICIANS, "delivery", readers=STATISTICIANS, get=POST),
    # accounts
    "set_language": Rule(EVERYONE, get=POST),
    "desk": Rule(SIGNED_IN),
    "log": Rule(ADMINISTRATOR),
    "accounts:profile": Rule(SIGNED_IN),
    "accounts:sign_out_everywhere": Rule(SIGNED_IN, get=POST),
    # accounts: pages of the library. A person who is signed in has no use for those of the door, and is sent on.
    "account_login": Rule(EVERYONE, get=ANY),
    "account_logout": Rule(EVERYONE, get=ANY),
    "account_inactive": Rule(EVERYONE),
    "account_reauthenticate": Rule(SIGNED_IN),
    "account_change_password": Rule(SIGNED_IN),
    "account_reset_password": Rule(EVERYONE),
    "account_reset_password_done": Rule(EVERYONE),
    "account_reset_password_from_key": Rule(EVERYONE, "reset_key", readers=EVERYONE, get=ANY),
    "account_reset_password_from_key_done": Rule(EVERYONE),
    "mfa_index": Rule(SIGNED_IN),
    "mfa_authenticate": Rule(EVERYONE, get=frozenset({302})),
    "mfa_reauthenticate": Rule(SIGNED_IN, get=frozenset({302})),
    "mfa_activate_totp": Rule(SIGNED_IN, get=frozenset({302})),
    "mfa_deactivate_totp": Rule(SIGNED_IN, get=frozenset({302, 404})),
    "mfa_view_recovery_codes": Rule(SIGNED_IN, get=frozenset({302, 404})),
    "mfa_generate_recovery_codes": Rule(SIGNED_IN, get=frozenset({302, 404})),
    "mfa_download_recovery_codes": Rule(SIGNED_IN, get=frozenset({302, 404})),
    # closed: the library brings them along, this site does not use them
    "account_signup": Rule(EVERYONE, get=frozenset({404})),
    "account_email": Rule(EVERYONE, get=frozenset({404})),
    "account_email_verification_sent": Rule(EVERYONE, get=frozenset({404})),
    "account_confirm_email": Rule(EVERYONE, "word", readers=NOBODY),
    "account_set_password": Rule(EVERYONE, get=frozenset({404})),
    "account_confirm_login_code": Rule(EVERYONE, get=frozenset({404})),
    # institutions, people, settings
    "institutions:index": Rule(SECRETARIAT),
    "institutions:create": Rule(SECRETARIAT),
    "institutions:detail": Rule(SECRETARIAT, "institution", readers=SECRETARIAT),
    "institutions:edit": Rule(SECRETARIAT, "institution", readers=SECRETARIAT),
    "people:index": Rule(ADMINISTRATOR),
    "people:invite": Rule(ADMINISTRATOR),
    "people:detail": Rule(ADMINISTRATOR, "person", readers=ADMINISTRATOR),
    "people:invite_again": Rule(ADMINISTRATOR, "person", readers=ADMINISTRATOR, get=POST),
    "people:close": Rule(ADMINISTRATOR, "person", readers=ADMINISTRATOR, get=POST),
    "people:reopen": Rule(ADMINISTRATOR, "person", readers=ADMINISTRATOR, get=POST),
    "people:appoint": Rule(ADMINISTRATOR, "person", readers=ADMINISTRATOR, get=POST),
    "people:hand_over": Rule(ADMINISTRATOR, "post", readers=ADMINISTRATOR),
    "people:end_post": Rule(ADMINISTRATOR, "post", readers=ADMINISTRATOR, get=POST),
    "settings": Rule(ADMINISTRATOR),
    # notices: the addressee's alone
    "notifications:index": Rule(SIGNED_IN),
    "notifications:mark_all_read": Rule(SIGNED_IN, get=POST),
    "notifications:open": Rule(SIGNED_IN, "notice", readers=frozenset({"focal"}), get=POST),
    "notifications:mark_read": Rule(SIGNED_IN, "notice", readers=frozenset({"focal"}), get=POST),
    # recommendations
    "recommendations:table": Rule(SIGNED_IN),
    "recommendations:download": Rule(SIGNED_IN, "table_format", readers=SIGNED_IN),
    "recommendations:new": Rule(SECRETARIAT),
    "recommendations:priority": Rule(SECRETARIAT, get=frozenset({200, 302, 422})),
    "recommendations:keep_view": Rule(SIGNED_IN, get=POST),
    "recommendations:drop_view": Rule(SIGNED_IN, "saved_view", readers=frozenset({"focal"}), get=POST),
    "recommendations:clusters": Rule(SIGNED_IN),
    "recommendations:new_cluster": Rule(SECRETARIAT),
    "recommendations:add_to_cluster": Rule(SECRETARIAT, get=POST),
    "recommendations:cluster": Rule(SIGNED_IN, "cluster", readers=SIGNED_IN),
    "recommendations:edit_cluster": Rule(SECRETARIAT, "cluster", readers=SECRETARIAT),
    "recommendations:remove_from_cluster": Rule(SECRETARIAT, "cluster", readers=SECRETARIAT, get=POST),
    "recommendations:cluster_priority": Rule(SECRETARIAT, "cluster", readers=SECRETARIAT),
    "recommendations:detail": Rule(SIGNED_IN, "record"),
    "recommendations:edit": Rule(SECRETARIAT, "record"),
    "recommendations:history": Rule(STATE_STAFF, "record"),
    "recommendations:similar": Rule(SIGNED_IN, "record"),
    "recommendations:withdraw": Rule(SECRETARIAT, "record"),
    "recommendations:position": Rule(SECRETARIAT, "record"),
    "recommendations:translation": Rule(SECRETARIAT, "record"),
    "recommendations:split": Rule(SECRETARIAT, "record"),
    "recommendations:component": Rule(SECRETARIAT, "component"),
    "recommendations:remove_component": Rule(SECRETARIAT, "component", get=POST),
    # follow-up
    "followup:requests": Rule(WRITERS),
    "followup:new_request": Rule(SECRETARIAT),
    "followup:request": Rule(WRITERS, "request", readers=HEALTH | SECRETARIAT),
    "followup:request_extend": Rule(SECRETARIAT, "request", readers=SECRETARIAT, get=POST),
    "followup:request_close": Rule(SECRETARIAT, "request", readers=SECRETARIAT, get=POST),
    "followup:request_cancel": Rule(SECRETARIAT, "request", readers=SECRETARIAT, get=POST),
    "followup:request_remind": Rule(SECRETARIAT, "request", readers=SECRETARIAT, get=POST),
    "followup:assign": Rule(SECRETARIAT),
    "followup:assignments": Rule(WRITERS),
    "followup:accept": Rule(CONTRIBUTORS, get=POST),
    "followup:return": Rule(CONTRIBUTORS, "assignment", readers=HEALTH),
    "followup:withdraw": Rule(SECRETARIAT, "assignment", readers=SECRETARIAT),
    "followup:updates": Rule(WRITERS),
    "followup:update_start": Rule(CONTRIBUTORS, get=POST),
    "followup:update": Rule(EVERYONE, "update"),
    "followup:update_edit": Rule(CONTRIBUTORS, "draft", readers=HEALTH),
    "followup:update_approve": Rule(CONTRIBUTORS, "draft", readers=HEALTH, get=POST),
    "followup:update_ask_back": Rule(WRITERS, "update", get=POST),
    "followup:update_publish": Rule(SECRETARIAT, "update", get=POST),
    "followup:update_withdraw": Rule(CONTRIBUTORS, "draft", readers=HEALTH, get=POST),
    "followup:answer_cluster": Rule(CONTRIBUTORS, "cluster", readers=CONTRIBUTORS, get=frozenset({200, 403, 404})),
    "followup:conflict": Rule(CONTRIBUTORS, "kept_edit", readers=frozenset({"focal"})),
    "followup:evidence": Rule(EVERYONE, "evidence"),
    "followup:status": Rule(SECRETARIAT, "record"),
    "followup:assess": Rule(SIGNED_IN, "record", actors=SECRETARIAT | {"nhri", "cso"}),
    "followup:comment": Rule(SIGNED_IN, "record", get=POST),
    "followup:hide_comment": Rule(SIGNED_IN, "comment", actors=SECRETARIAT | {"nhri"}),  # nhri wrote it
    "followup:criteria": Rule(SIGNED_IN),
    "followup:criterion": Rule(ADMINISTRATOR, "criterion", readers=ADMINISTRATOR),
    "followup:workbook": Rule(CONTRIBUTORS),
    "followup:workbook_download": Rule(CONTRIBUTORS, "institution", readers=HEALTH),
    "followup:workbook_preview": Rule(CONTRIBUTORS, "upload", readers=frozenset({"focal"})),
    # laws, policies and other instruments: read by their visibility, written by the institution that adopted them
    "norms:instruments": Rule(SIGNED_IN),
    "norms:download": Rule(SIGNED_IN, "table_format", readers=SIGNED_IN),
    "norms:new": Rule(WRITERS),
    "norms:instrument": Rule(SIGNED_IN, "instrument", readers=SIGNED_IN),
    "norms:edit": Rule(WRITERS, "instrument", readers=WRITERS, actors=HEALTH | SECRETARIAT),
    "norms:history": Rule(STATE_STAFF, "instrument", readers=STATE_STAFF),
    "norms:choose_recommendations": Rule(WRITERS, "instrument", readers=WRITERS, actors=HEALTH | SECRETARIAT),
    "norms:choose_instruments": Rule(WRITERS, "record"),
    "norms:unlink": Rule(WRITERS, "instrument", readers=WRITERS, actors=HEALTH | SECRETARIAT, get=POST),
    # plans
    "plans:list": Rule(SIGNED_IN),
    "plans:new": Rule(SECRETARIAT),
    "plans:agreements": Rule(WRITERS),
    "plans:plan": Rule(SIGNED_IN, "plan", readers=STATE_STAFF),
    "plans:edit": Rule(SECRETARIAT, "plan", readers=SECRETARIAT),
    "plans:clusters": Rule(SECRETARIAT, "plan", readers=SECRETARIAT),
    "plans:new_outcome": Rule(SECRETARIAT, "plan", readers=SECRETARIAT),
    "plans:scope": Rule(STATE_STAFF, "plan", readers=STATE_STAFF),
    "plans:leave_out": Rule(SECRETARIAT, "plan", readers=SECRETARIAT, get=POST),
    "plans:take_in": Rule(SECRETARIAT, "plan", readers=SECRETARIAT, get=POST),
    "plans:ask_agreement": Rule(SECRETARIAT, "plan", readers=SECRETARIAT, get=POST),
    "plans:approve": Rule(SECRETARIAT, "plan", readers=SECRETARIAT),
    "plans:publish": Rule(SECRETARIAT, "plan", readers=SECRETARIAT, get=POST),
    "plans:move": Rule(SECRETARIAT, "plan", readers=SECRETARIAT, get=POST),
    "plans:edition": Rule(SIGNED_IN, "edition", readers=STATE_STAFF),
    "plans:edit_outcome": Rule(SECRETARIAT, "outcome", readers=SECRETARIAT),
    "plans:remove_outcome": Rule(SECRETARIAT, "outcome", readers=SECRETARIAT, get=POST),
    "plans:shift_outcome": Rule(SECRETARIAT, "outcome", readers=SECRETARIAT, get=POST),
    "plans:set_indicator": Rule(SECRETARIAT, "outcome", readers=SECRETARIAT, get=POST),
    "plans:drop_indicator": Rule(SECRETARIAT, "outcome_indicator", readers=SECRETARIAT, get=POST),
    "plans:new_measure": Rule(SECRETARIAT, "outcome", readers=SECRETARIAT),
    "plans:measure": Rule(SIGNED_IN, "measure", readers=STATE_STAFF),
    "plans:edit_measure": Rule(WRITERS, "measure", readers=WRITERS, get=ANY),
    "plans:remove_measure": Rule(SECRETARIAT, "measure", readers=SECRETARIAT, get=POST),
    "plans:report": Rule(WRITERS, "measure", readers=WRITERS, get=ANY),
    "plans:history": Rule(STATE_STAFF, "measure", readers=STATE_STAFF),
    "plans:agree": Rule(CONTRIBUTORS, "measure", readers=CONTRIBUTORS, actors=frozenset({"validating"}), get=POST),
    "plans:decline": Rule(CONTRIBUTORS, "measure", readers=CONTRIBUTORS, actors=frozenset({"validating"}), get=POST),
    "plans:add_milestone": Rule(WRITERS, "measure", readers=WRITERS, get=POST),
    "plans:add_budget": Rule(WRITERS, "measure", readers=WRITERS, get=POST),
    "plans:add_evidence": Rule(WRITERS, "measure", readers=WRITERS, get=POST),
    "plans:milestone": Rule(WRITERS, "milestone", readers=WRITERS, get=ANY),
    "plans:reach": Rule(WRITERS, "milestone", readers=WRITERS, get=POST),
    "plans:remove_milestone": Rule(WRITERS, "milestone", readers=WRITERS, get=POST),
    "plans:budget_line": Rule(WRITERS, "budget_line", readers=WRITERS, get=ANY),
    "plans:remove_budget_line": Rule(WRITERS, "budget_line", readers=WRITERS, get=POST),
    "plans:evidence": Rule(EVERYONE, "measure_evidence", readers=STATE_STAFF),
    "plans:remove_evidence": Rule(WRITERS, "measure_evidence", readers=WRITERS, get=POST),
    "plans:coverage": Rule(SIGNED_IN),
    "plans:matrix": Rule(SIGNED_IN),
    "plans:timeline": Rule(SIGNED_IN),
    "plans:institutions": Rule(SIGNED_IN),
    "plans:late": Rule(SIGNED_IN),
    "plans:budget": Rule(SIGNED_IN),
    "plans:guidance": Rule(SIGNED_IN),
    "plans:overview_file": Rule(SIGNED_IN, "overview_file", readers=SIGNED_IN),
    "plans:publication": Rule(SIGNED_IN, "plan_publication", readers=STATE_STAFF),
    "plans:conflict": Rule(WRITERS, "kept_measure", readers=frozenset({"focal"})),
    # technical assistance: a gap for the institutions concerned, a draft for the asking institution and the secretariat
    "assistance:requests": Rule(SIGNED_IN),
    "assistance:requests_file": Rule(SIGNED_IN, "table_format", readers=SIGNED_IN),
    "assistance:request": Rule(SIGNED_IN, "assistance_draft", readers=HEALTH | SECRETARIAT),
    "assistance:request_edit": Rule(WRITERS, "assistance_draft", readers=HEALTH | SECRETARIAT),
    "assistance:request_chain": Rule(SIGNED_IN, "assistance_draft", readers=HEALTH | SECRETARIAT),
    "assistance:request_word": Rule(SIGNED_IN, "assistance_draft", readers=HEALTH | SECRETARIAT),
    "assistance:step": Rule(WRITERS, "assistance_step", readers=HEALTH | SECRETARIAT),
    "assistance:obstacles": Rule(WRITERS),
    "assistance:obstacle_list": Rule(WRITERS),
    "assistance:set_aside": Rule(WRITERS, get=POST),
    "assistance:gaps": Rule(SIGNED_IN),
    "assistance:gaps_file": Rule(SIGNED_IN, "table_format", readers=SIGNED_IN),
    "assistance:new_gap": Rule(WRITERS),
    "assistance:gap": Rule(SIGNED_IN, "capacity_gap", readers=HEALTH | SECRETARIAT | {"statistician"}),
    "assistance:gap_edit": Rule(WRITERS, "capacity_gap", readers=HEALTH | SECRETARIAT),
    "assistance:gap_state": Rule(WRITERS, "capacity_gap", readers=HEALTH | SECRETARIAT, get=POST),
    "assistance:gap_chain": Rule(SIGNED_IN, "capacity_gap", readers=HEALTH | SECRETARIAT | {"statistician"}),
    "assistance:new_need": Rule(WRITERS, "capacity_gap", readers=HEALTH | SECRETARIAT),
    "assistance:needs": Rule(SIGNED_IN),
    "assistance:need_edit": Rule(WRITERS, "assistance_need", readers=HEALTH | SECRETARIAT),
    "assistance:need_drop": Rule(WRITERS, "assistance_need", readers=HEALTH | SECRETARIAT, get=POST),
    "assistance:ask": Rule(WRITERS, "assistance_need", readers=HEALTH | SECRETARIAT, get=POST),
    "assistance:given": Rule(SIGNED_IN),
    "assistance:given_file": Rule(SIGNED_IN, "table_format", readers=SIGNED_IN),
    "assistance:new_given": Rule(WRITERS),
    "assistance:given_edit": Rule(WRITERS, "assistance_given", readers=HEALTH | SECRETARIAT),
    "assistance:funds": Rule(SIGNED_IN),
    "assistance:record": Rule(SIGNED_IN, "record"),
    # suggested tags
    "classification:triage": Rule(SECRETARIAT),
    "classification:accept": Rule(SECRETARIAT, "suggestion", get=POST),
    "classification:reject": Rule(SECRETARIAT, "suggestion", get=POST),
    "classification:reconsider": Rule(SECRETARIAT, "suggestion", get=POST),
    "classification:model": Rule(ADMINISTRATOR),
    "classification:train": Rule(ADMINISTRATOR, get=POST),
    "classification:version": Rule(ADMINISTRATOR, "trained", readers=ADMINISTRATOR),
    "classification:labels": Rule(ADMINISTRATOR, "trained", readers=ADMINISTRATOR),
    "classification:mapping": Rule(SECRETARIAT),
    "classification:unmap": Rule(SECRETARIAT, "theme_mapping", readers=SECRETARIAT, get=POST),
    # imports, reports
    "recurrence:pairs": Rule(SECRETARIAT),
    "recurrence:pair": Rule(SECRETARIAT, "pair"),
    "recurrence:decide": Rule(SECRETARIAT, "pair", get=POST),
    "recurrence:decide_several": Rule(SECRETARIAT, get=POST),
    "recurrence:links": Rule(SIGNED_IN),
    "recurrence:links_file": Rule(SIGNED_IN, "table_format", readers=SIGNED_IN),
    "recurrence:search": Rule(SECRETARIAT),
    "recurrence:find": Rule(SECRETARIAT, get=POST),
    "recurrence:cancel": Rule(SECRETARIAT, get=POST),
    "recurrence:proposals": Rule(SECRETARIAT),
    "recurrence:clusters_file": Rule(SIGNED_IN, "table_format", readers=SIGNED_IN),
    "recurrence:proposal": Rule(SECRETARIAT, "proposal", readers=SECRETARIAT),
    "recurrence:accept": Rule(SECRETARIAT, "proposal", readers=SECRETARIAT, get=POST),
    "recurrence:rename": Rule(SECRETARIAT, "proposal", readers=SECRETARIAT, get=POST),
    "recurrence:split": Rule(SECRETARIAT, "proposal", readers=SECRETARIAT, get=POST),
    "recurrence:merge": Rule(SECRETARIAT, "proposal", readers=SECRETARIAT, get=POST),
    "recurrence:dismiss": Rule(SECRETARIAT, "proposal", readers=SECRETARIAT, get=POST),
    "recurrence:split_cluster": Rule(SECRETARIAT, "cluster", readers=SECRETARIAT),
    "recurrence:merge_cluster": Rule(SECRETARIAT, "cluster", readers=SECRETARIAT, get=POST),
    "recurrence:unclustered": Rule(SIGNED_IN),
    "recurrence:priorities": Rule(SECRETARIAT),
    "recurrence:apply": Rule(SECRETARIAT, get=POST),
    "recurrence:weights": Rule(SECRETARIAT),
    "intake:index": Rule(SECRETARIAT),
    "intake:batch": Rule(SECRETARIAT, "batch", readers=SECRETARIAT),
    "intake:apply": Rule(SECRETARIAT, "batch", readers=SECRETARIAT, get=POST),
    "intake:discard": Rule(SECRETARIAT, "batch", readers=SECRETARIAT, get=POST),
    "intake:undo": Rule(SECRETARIAT, "applied_batch", readers=SECRETARIAT),
    "intake:document": Rule(SECRETARIAT, "read_batch", readers=SECRETARIAT),
    "intake:document_facts": Rule(SECRETARIAT, "read_batch", readers=SECRETARIAT),
    "intake:document_decide": Rule(SECRETARIAT, "read_batch", readers=SECRETARIAT, get=POST),
    "intake:document_finish": Rule(SECRETARIAT, "read_batch", readers=SECRETARIAT, get=POST),
    "intake:document_item": Rule(SECRETARIAT, "read_item", readers=SECRETARIAT),
    "intake:document_item_add": Rule(SECRETARIAT, "read_batch", readers=SECRETARIAT),
    "intake:document_item_split": Rule(SECRETARIAT, "read_item", readers=SECRETARIAT),
    "intake:document_item_merge": Rule(SECRETARIAT, "read_item", readers=SECRETARIAT, get=POST),
    "intake:document_download": Rule(SECRETARIAT, "read_batch", readers=SECRETARIAT),
    "intake:plan_columns": Rule(SECRETARIAT, "plan_batch", readers=SECRETARIAT),
    "intake:plan_institutions": Rule(SECRETARIAT, "plan_batch", readers=SECRETARIAT, get=POST),
    "intake:plan_aside": Rule(SECRETARIAT, "plan_batch", readers=SECRETARIAT),
    "intake:mapping": Rule(SECRETARIAT, "table_batch", readers=SECRETARIAT),
    "reporting:index": Rule(SIGNED_IN),
    "reporting:status": Rule(SIGNED_IN),
    "reporting:matrix": Rule(SECRETARIAT),
    "reporting:report": Rule(SIGNED_IN, "report", readers=SECRETARIAT | {"focal"}),
    "reporting:download": Rule(SIGNED_IN, "report", readers=SECRETARIAT | {"focal"}),
    "reporting:delete": Rule(SIGNED_IN, "report", readers=SECRETARIAT | {"focal"}),
    # search: everyone, each finding what they may see; saved searches are their owner's alone
    "explore:search": Rule(EVERYONE),
    "explore:values": published("facet"),
    "explore:export": published("search_format"),
    "explore:years": Rule(EVERYONE),
    "explore:matrix": Rule(EVERYONE),
    "explore:raised": Rule(EVERYONE),
    "explore:compare": Rule(EVERYONE),
    "explore:figures": published("figures_page"),
    "explore:profile": published("profile"),
    "explore:feed": Rule(EVERYONE),
    "explore:record": Rule(EVERYONE, "foreign"),
    "explore:saved_searches": Rule(SIGNED_IN),
    "explore:save": Rule(SIGNED_IN),
    "explore:saved": Rule(SIGNED_IN, "saved_search", readers=frozenset({"focal"})),
    "explore:delete_saved": Rule(SIGNED_IN, "saved_search", readers=frozenset({"focal"}), get=POST),
}
