"""The plain words of commissioning, as people meet them on its pages."""

from collections.abc import Mapping

from app.assessments.terms import AssessmentState, OptionStanding
from app.pages.part_view import TagView
from app.placements.terms import PlacementState
from app.rules.funding.rows import Party, Route
from app.rules.registration.limbs import Light
from app.rules.stated import RuleBasis

ROUTES: Mapping[str, str] = {
    Route.OFF_SITE_DIRECTION: "A maintained school directs the pupil off site",
    Route.OFF_SITE_ACADEMY: "An academy directs the pupil off site",
    Route.SUSPENSION: "Suspension, from the sixth school day",
    Route.SUSPENSION_FROM_UNIT: "Suspension from a pupil referral unit",
    Route.EXCLUSION: "Permanent exclusion, from the sixth school day",
    Route.FIRST_FIVE_DAYS: "Exclusion, the first five school days",
    Route.HEALTH: "Too ill to attend school",
    Route.OTHER_ABSENCE: "Away from school for another reason",
    Route.SCHOOL_ARRANGED: "The school arranges it, and the parent agrees",
    Route.PART_TIME: "Beside a part-time timetable at school",
    Route.PLAN_SCHOOL: "The school adds it for a child with a plan",
    Route.PLAN_AUTHORITY: "The authority secures it under a plan",
    Route.OTHERWISE_THAN_AT_SCHOOL: "Education otherwise than at school (section 61)",
    Route.DUAL_REGISTRATION: "Registered at two schools",
    Route.SUB_CONTRACTED: "A registered school for alternative provision sends them on",
    Route.LOOKED_AFTER_INTERIM: "A looked-after child, for the time being",
    Route.NEW_ARRIVAL: "New in the area, waiting for a school",
    Route.COLLEGE: "College at 14 to 16",
    Route.PARENT_PAID: "The parent arranges and pays for it",
}
PARTIES: Mapping[str, str] = {
    Party.SCHOOL: "The school",
    Party.ACADEMY_TRUST: "The academy trust",
    Party.AREA_AUTHORITY: "The local authority where the child is",
    Party.PLAN_AUTHORITY: "The local authority that maintains the plan",
    Party.CORPORATE_PARENT: "The local authority that looks after the child",
    Party.REGISTERED_PROVIDER: "The school that sub-contracts",
    Party.COLLEGE: "The college",
    Party.DEPARTMENT: "The department",
    Party.PARENT: "The parent",
    Party.SENDER: "Whoever bought the place",
}
ASSESSMENT_STATES: Mapping[str, TagView] = {
    AssessmentState.OPEN: TagView("Open", "blue"),
    AssessmentState.APPROVED: TagView("Approved", "green"),
    AssessmentState.REFUSED: TagView("Refused", "red"),
    AssessmentState.WITHDRAWN: TagView("Withdrawn", "grey"),
}
STANDINGS: Mapping[str, TagView] = {
    OptionStanding.CHOSEN: TagView("Chosen", "green"),
    OptionStanding.CONSIDERED: TagView("Considered", "blue"),
    OptionStanding.TURNED_DOWN: TagView("Turned down", "grey"),
}
PLACEMENT_STATES: Mapping[str, TagView] = {
    PlacementState.UPCOMING: TagView("To begin", "blue"),
    PlacementState.LIVE: TagView("Runs", "green"),
    PlacementState.ENDED: TagView("Ended", "grey"),
}
LIGHTS: Mapping[str, TagView] = {
    Light.GREEN: TagView("Below the limit", "green"),
    Light.AMBER: TagView("Near the limit", "yellow"),
    Light.INCOMPLETE: TagView("Not known in full", "grey"),
    Light.RED: TagView("Over the limit", "red"),
}
"""How near a setting is to having to register as a school; never who or why."""
BASES: Mapping[str, str] = {
    RuleBasis.STATUTE: "Statute",
    RuleBasis.STATUTORY_GUIDANCE: "Statutory guidance",
    RuleBasis.POLICY: "Policy, not law",
}
