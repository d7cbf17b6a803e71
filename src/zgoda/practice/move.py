"""How far one reply or event moves the heat, and what of it the customer answers to."""

from __future__ import annotations

from dataclasses import dataclass

from zgoda.practice.persona import Persona
from zgoda.practice.rules import Weight
from zgoda.practice.scene import Scene
from zgoda.values import Guidance, Review

_WHOLE = 100
_FAVOURITE = 150  # percent: what moves this persona most


@dataclass(frozen=True, slots=True)
class Move:
    """The change of heat in degrees, its trigger, and the bounds that the reply sets."""

    change: int
    trigger: str
    ceiling: int = 100
    floor: int = 0
    heeded: bool = False


def of_event(scene: Scene, event: str) -> Move:
    """The move of something that is no reply."""
    limits = scene.persona.rules.limits
    if event == "promise_kept":
        return Move(-limits["kept_moves"], event, ceiling=limits["kept_ceiling"])
    if event == "promise_broken":
        return Move(limits["broken_moves"], event, floor=limits["broken_floor"])
    return Move(limits["silence_moves"], event)


def of_reply(scene: Scene, review: Review, guidance: Guidance | None) -> Move:
    """The move of a reply: its mistakes heat, its acts cool, the limit has rules of its own."""
    acts = tuple(dict.fromkeys(span.kind for span in review.acts))
    kinds = tuple(dict.fromkeys(finding.kind for finding in review.findings))
    untimely = frozenset(guidance.forbidden if guidance else ()) & set(acts) - {"boundary"}
    heat, mistake = _heating(scene.persona, kinds)
    limits = scene.persona.rules.limits
    if scene.ending == "agreed" and heat >= limits["stings_from"]:
        return Move(heat, "stung", floor=limits["stung_floor"])
    grave = any(finding.severity == "error" for finding in review.findings)
    cool, merit = _cooling(scene, tuple(act for act in acts if act not in untimely), grave=grave)
    heat += len(untimely) * limits["untimely"]
    if "release" in acts and scene.mood != "abusive" and not scene.ending:
        heat += limits["accused"]
    if scene.persona.care and not scene.cared:
        return _of_care(scene, acts, mistake, heat, cool)
    if "boundary" in acts and not mistake:
        return _of_limit(scene, guidance, heat, cool)
    if not mistake and not merit:
        return Move(heat + limits["nothing"], "unanswered")
    return Move(heat - cool, mistake if mistake and (heat > cool or not merit) else merit)


def _heating(persona: Persona, kinds: tuple[str, ...]) -> tuple[int, str]:
    """Degrees of the mistakes (the gravest whole, the others by half) and the trigger of the gravest."""
    rules = persona.rules
    known = [(_weighed(rules.findings[kind], kind in persona.heated_by, persona.heats), kind) for kind in kinds
             if kind in rules.findings]  # fmt: skip
    if not known:
        return 0, ""
    degrees = sorted((moves for moves, _ in known), reverse=True)
    total = degrees[0] + sum(degrees[1:]) // 2
    return min(total, rules.limits["heats_most"]), rules.findings[max(known)[1]].trigger


def _cooling(scene: Scene, acts: tuple[str, ...], *, grave: bool) -> tuple[int, str]:
    """Degrees that the acts cool by, less for what was done before, and the trigger of the best."""
    persona, rules = scene.persona, scene.persona.rules
    known = {act: _once_more(scene, act) for act in acts if rules.acts[act].moves}
    if not known:
        return 0, ""
    total = min(sum(known.values()), rules.limits["cools_most"])
    if grave:
        total = total * rules.limits["marred"] // _WHOLE
    if scene.mood == "abusive":
        total = total * rules.limits["while_abusive"] // _WHOLE
    best = max(known, key=lambda act: rules.acts[act].moves)
    return total, rules.acts["solution" if persona.agreed and "confirm" in acts else best].trigger


def _once_more(scene: Scene, act: str) -> int:
    """What an act is worth now: every time it was done before takes its share."""
    persona, rules = scene.persona, scene.persona.rules
    degrees = _weighed(rules.acts[act], act in persona.cooled_by, persona.cools)
    for _ in range(scene.done.count(act)):
        degrees = degrees * rules.limits["again"] // _WHOLE
    return degrees


def _weighed(weight: Weight, favourite: bool, share: int) -> int:
    degrees = weight.moves * share // _WHOLE
    return degrees * _FAVOURITE // _WHOLE if favourite else degrees


def _of_limit(scene: Scene, guidance: Guidance | None, heat: int, cool: int) -> Move:
    """A limit calms him who insulted, after as many as he needs; set for one who did not, it offends."""
    limits = scene.persona.rules.limits
    open_now = guidance is not None and guidance.ladder in scene.persona.rules.limiting
    if scene.mood != "abusive" and not open_now:
        return Move(heat + limits["accused"], "accused")
    if scene.persona.heeds and scene.limits + 1 >= scene.persona.heeds:
        return Move(heat - cool, "limited", ceiling=limits["heeded_ceiling"], heeded=True)
    least = min(scene.heat, scene.persona.rules.from_heat["abusive"])
    return Move(heat - min(cool, limits["unheeded_most"]), "limited", floor=least)


def _of_care(scene: Scene, acts: tuple[str, ...], mistake: str, heat: int, cool: int) -> Move:
    """He hinted at harming himself: what counts is whether anybody heard it."""
    rules = scene.persona.rules
    if rules.leaving & set(acts):
        return Move(heat + rules.limits["abandoned"], "abandoned")
    if rules.caring & set(acts) and heat <= cool:
        return Move(heat - cool, "cared")
    return Move(max(heat, rules.limits["nothing"]), mistake or "passed_over")
