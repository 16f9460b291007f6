"""The reach of one case: whose reviewers can be asked, and which units are barred. Ids alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from accounts.domain.review_network import ReviewNetwork


@dataclass(frozen=True)
class Reach:
    """One case's view of the network, in ids: ``barred`` are the concerned units and those below
    them, ``candidates`` the units whose reviewers can be asked, nearest first."""

    network: ReviewNetwork
    concerned: frozenset[int]
    strict: frozenset[int]  # concerned units that bar those below them, too
    candidates: tuple[int, ...]
    guests: Mapping[int, set[int]] = field(default_factory=dict)  # office → its guest reviewers

    def is_barred(self, unit: int) -> bool:
        above = self.network.above.get(unit, {unit})
        return unit in self.concerned or bool(above & self.strict)

    def is_free(self, user: int) -> bool:
        """Whether no role of the person is in a barred unit."""
        return not any(self.is_barred(unit) for unit in self.network.roles.get(user, ()))

    def people(self, unit: int, took_part: Collection[int]) -> set[int]:
        """Who may decide for the unit."""
        if unit not in self.candidates or self.is_barred(unit):
            return set()
        reviewers = self.network.reviewers.get(unit, set()) | self.guests.get(unit, set())
        reviewers = reviewers - set(took_part)
        return {user for user in reviewers if self.is_free(user)}


def reach_of(
    network: ReviewNetwork, unit: int, concerned: Collection[int], strict: Collection[int]
) -> Reach:
    """A unit's own reviewers, those above it and those of its pools can be asked; where it or a
    unit above it is barred, also those who share a pool with the barred unit."""
    reach = Reach(network, frozenset(concerned), frozenset(strict), ())
    above = network.above.get(unit, {unit})
    candidates = [unit, *sorted(above - {unit})]
    for near in list(candidates):
        if near == unit or reach.is_barred(near):
            candidates += sorted(network.partners.get(near, set()) - set(candidates))
    return Reach(network, reach.concerned, reach.strict, tuple(candidates))
