"""Reports of many forces and rounds, written with the answers kept beside them.

What a table must show is counted from ``Report``, never from what the program read.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from peelsearch.vocabulary import Entry, Vocabulary

SEED = 43
# Each round with its title's spelling and the last word of its published date.
ROUNDS = {"2018-19": "2018/19", "2021-22": "2021/22", "2023-25": "2023–2025"}
DATES = {"2018-19": "September 2019", "2021-22": "April 2022", "2023-25": "12 March 2024"}
ISO = {"2018-19": "2019-09", "2021-22": "2022-04", "2023-25": "2024-03-12"}
PILLARS = ("effectiveness", "efficiency", "legitimacy")
# Headings that reports of the newer rounds have, and what a sentence says a force is good at.
THEMES = {
    "public-treatment": ("Police powers and treating the public fairly and respectfully", "it"),
    "prevention": ("Preventing crime and anti-social behaviour", "prevention and deterrence"),
    "responding": ("Responding to the public", "responding to the public"),
    "investigation": ("Investigating crime", "investigating crime"),
    "vulnerable-people": ("Protecting vulnerable people", "protecting vulnerable people"),
    "offender-management": ("Managing offenders and suspects", "managing offenders and suspects"),
    "workforce": ("Building, supporting and protecting the workforce", "building its workforce"),
    "leadership-resources": ("Leadership and force management", "leadership"),
}
GRADES = {
    "outstanding": "is outstanding",
    "good": "is good",
    "adequate": "is adequate",
    "requires-improvement": "requires improvement",
    "inadequate": "is inadequate",
}
TOPICS = "call handling,custody records,missing people,detective posts,victim updates".split(",")
# Numbers at the ends of lines would be page numbers.
NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four"
).split()
DEADLINES = (
    None,
    None,
    ("By January 2025", "2025-01-31", "2025-01-31"),
    ("By 31 March 2025", "2025-03-31", "2025-03-31"),
    ("Within three months", "", ""),
    ("By January 4", None, None),
)
WITHIN_THREE_MONTHS = {
    "2018-19": ("2019-12-01", "2019-12-30"),
    "2021-22": ("2022-07-01", "2022-07-30"),
    "2023-25": ("2024-06-12", "2024-06-12"),
}


@dataclass
class Asked:
    """A finding of a report: what the register must say of it."""

    kind: str
    theme: str
    headline: str
    deadline: tuple[str, str | None, str | None] | None = None  # the words, earliest, latest


@dataclass
class Report:
    """A report with what it says. ``conflicts`` gives the second grade of a theme."""

    force: str
    round: str
    text: str = ""
    grades: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)
    states: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its file."""
        return f"{self.round}/{self.force}.txt"


def reports(vocabulary: Vocabulary, forces: int = 43) -> list[Report]:
    """Reports of the first forces in three rounds; a few forces miss a round."""
    rng = random.Random(SEED)  # noqa: S311 - the same on every machine
    found = []
    for entry in vocabulary.force.entries[:forces]:
        for name in ROUNDS:
            if rng.random() < 0.06:
                continue
            found.append(_report(entry, name, vocabulary, rng))
    return found


def write(folder: Path, made: list[Report]) -> Path:
    """The reports as files below a folder."""
    for report in made:
        path = folder / report.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report.text, "utf-8")
    return folder


def _report(force: Entry, name: str, vocabulary: Vocabulary, rng: random.Random) -> Report:
    report = Report(force.id, name)
    parts = [
        f"PEEL {ROUNDS[name]}\n\nPolice effectiveness, efficiency and legitimacy",
        f"An inspection of {force.label}",
        "Overall summary",
        f"We inspected how good {force.label} is in several areas of policing, and say below "
        "what we found in each of them.",
    ]
    themes = list(THEMES)[: rng.randint(5, 8)]
    if name == "2018-19":
        for pillar in PILLARS:
            parts += _pillar(report, force, pillar, vocabulary, rng)
    else:
        if rng.random() < 0.5:
            parts.append(
                "However, these changes mean that it isn't possible to make direct comparisons "
                "between the grades awarded this year with those from previous PEEL inspections."
            )
        for theme in themes:
            parts += _theme(report, force, theme, rng)
        parts += _separately(report)
    parts.append(f"{DATES[name]} | © HMICFRS {DATES[name][-4:]}")
    report.text = "\n\n".join(parts) + "\n"
    return report


def _pillar(
    report: Report, force: Entry, pillar: str, vocabulary: Vocabulary, rng: random.Random
) -> list[str]:
    grade = rng.choice(["outstanding", "good", "requires-improvement", "inadequate"])
    report.grades[pillar] = grade
    parts = [vocabulary.theme[pillar].label, vocabulary.grade[grade].label]
    if rng.random() < 0.3:
        report.carried.add(pillar)
        parts.append(
            "This question was not subject to detailed inspection in 2018/19, and our judgment "
            "from the 2017 inspection has been carried over."
        )
    parts.append(f"We looked at how {force.label} works in this pillar and what people told us.")
    return parts


def _theme(report: Report, force: Entry, theme: str, rng: random.Random) -> list[str]:
    heading, said = THEMES[theme]
    grade = rng.choice(list(GRADES))
    report.grades[theme] = spoken = grade
    if rng.random() < 0.04:
        spoken = rng.choice([other for other in GRADES if other != grade])
        report.conflicts[theme] = spoken
    line = "Requires improvement" if grade == "requires-improvement" else grade.capitalize()
    parts = [heading, line, f"{force.label} {GRADES[spoken]} at {said}."]
    count = rng.randint(0, 3)
    if count:
        parts.append("Areas for improvement" if count > 1 else "Area for improvement")
    for _ in range(count):
        parts += _ask(report, theme, rng)
    parts += [
        "Main findings",
        "In this section we set out our main findings that relate to this area.",
        "The force understands its demand",
        "We found that leaders use data well. They meet each month and agree what to do next.",
    ]
    return parts


def _ask(report: Report, theme: str, rng: random.Random) -> list[str]:
    topic, number = rng.choice(TOPICS), NUMBERS[len(report.asked)]
    deadline = rng.choice(DEADLINES)
    headline = f"The force should improve its work on {topic} in respect of point {number}"
    if deadline is not None:
        first = deadline[0]
        headline = f"{first}, the force should improve its work on {topic} as to point {number}"
        if first.startswith("Within"):
            deadline = (first, *WITHIN_THREE_MONTHS[report.round])
    report.asked.append(Asked("area-for-improvement", theme, headline, deadline))
    evidence = (
        f"We found that {topic} was slow in {number} places. Officers said that it took weeks."
    )
    return [headline, evidence]


def _separately(report: Report) -> list[str]:
    report.states["serious-organised-crime"] = "reported-separately"
    return [
        "Disrupting serious organised crime",
        "We now inspect serious and organised crime on a regional basis. Forces are now graded and "
        "reported on in regional reports.",
    ]
