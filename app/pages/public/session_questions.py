"""What the pages ask about a session in the attendance register, and about a clock."""

from app.pages.form_page_view import Part
from app.pages.questions import Kind, Question

ATTENDANCE = (
    Part(
        (
            Question(
                "where",
                "Where was the pupil?",
                "Say where the pupil was",
                Kind.ONE,
                offered=(
                    ("at-school", "At the school"),
                    ("elsewhere", "At another place"),
                    ("at-home", "At home"),
                    ("not-attending", "They attended nothing"),
                ),
                needed=True,
            ),
            Question(
                "arranged_by",
                "Who arranged it?",
                kind=Kind.LIST,
                offered=(("school", "The school"), ("local-authority", "A local authority")),
                none="Neither, or at the school",
            ),
            Question(
                "activity",
                "What was it?",
                kind=Kind.LIST,
                offered=(
                    ("visit", "A visit or trip"),
                    ("sport", "Sport"),
                    ("work-experience", "Work experience"),
                ),
                none="Education",
            ),
            Question(
                "facts",
                "Which of these are true?",
                kind=Kind.ANY,
                offered=(
                    ("supervised", "It was supervised"),
                    ("by_school_staff", "The school's own staff were there"),
                    ("online", "It was online"),
                    ("registered_there", "It is a school where they are registered, too"),
                ),
            ),
            Question(
                "absence",
                "Why did they attend nothing, if they did?",
                kind=Kind.LIST,
                offered=(
                    ("ill", "Ill"),
                    ("medical-appointment", "Medical or dental appointment"),
                    (
                        "suspended-or-excluded-nothing-arranged",
                        "Suspended or excluded, nothing arranged",
                    ),
                    ("part-time-timetable", "Part-time timetable"),
                    ("leave", "Leave that was granted"),
                    ("not-authorised", "Without authority"),
                    ("not-known", "Not known"),
                ),
                none="Not asked",
            ),
            Question(
                "given",
                "Which code was entered?",
                kind=Kind.LIST,
                offered=tuple((code, code) for code in ("B", "C", "C2", "D", "E", "I", "K", "N")),
                none="None yet",
            ),
        )
    ),
)
CLOCKS = (
    Part(
        (
            Question(
                "clock",
                "What is counted?",
                "Say what is counted",
                Kind.ONE,
                offered=(
                    ("suspension-education", "When education is due in a suspension"),
                    ("permanent-exclusion-education", "When it is due after a permanent exclusion"),
                    ("off-site-notice", "By when notice of an off-site direction is given"),
                    ("health-absence", "When an absence for health comes to fifteen school days"),
                    ("half-term-review", "By when a placement is reviewed"),
                    ("review-request", "From when a review of a direction may be asked for"),
                    ("plan-annual-review", "By when a plan is reviewed"),
                ),
                needed=True,
            ),
            Question(
                "since",
                "From which day?",
                "Enter a day",
                Kind.DAY,
                "The first day of the exclusion, absence or direction, or the last review",
                needed=True,
            ),
        )
    ),
)
