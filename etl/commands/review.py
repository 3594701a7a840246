"""``review``: decisions of an analyst on claims and incidents, which stand above what the program reads."""

from __future__ import annotations

import argparse
import getpass
import json
from typing import TYPE_CHECKING, Any

from etl.commands.options import DONE, add_store, command, settings

if TYPE_CHECKING:
    from etl.records import Decision

# ruff: noqa: PLC0415 - help starts without the store

_HOW = """\
corrections:
  killed=85  killed=81/86/110  killed=80/80/     an incident's figure: best, or low/best/high (nothing: not said)
  figure=85                                      a claim's figure, in the same ways
  date=2010-04-07  date=2010-04-06/2010-04-08    a day or a span
  place=Talas  place="Paris, Texas"              looked up in the gazetteer
  cause=bombing  killed_high=  scope=background  any column a review can correct by its name
Each takes --by NAME (default: this machine's user), --why WORDS and --store PATH. A decision is kept for good;
withdraw takes one back by a further decision. All take effect at once.
"""


def add(commands: Any) -> None:
    """Declare the verb with its decisions."""
    review = command(
        commands, "review", _list, "confirm, reject or correct a claim or incident, merge or split incidents"
    )
    review.formatter_class = argparse.RawDescriptionHelpFormatter
    review.epilog = _HOW
    decisions = review.add_subparsers(title="decisions", metavar="DECISION", required=True)
    _decision(decisions, "confirm", "the claim or incident is as the tables say")
    _decision(decisions, "reject", "the claim or incident is none, and counts no more")
    _decision(decisions, "correct", "put another figure, place or date", "+", "COLUMN=VALUE", "what to put in place")
    _decision(decisions, "merge", "two incidents are one", 1, "OTHER", "the other incident")
    _decision(
        decisions, "split", "some claims of an incident are another", "+", "CLAIM", "claims, or reports, to take out"
    )
    _decision(decisions, "withdraw", "take an earlier decision back; ID is its own")
    listing = decisions.add_parser("list", help="every decision, the latest first", description="Every decision.")
    listing.set_defaults(command=_list)
    listing.add_argument("about", nargs="?", metavar="ID", help="only those on this claim, incident or review")
    _common(listing)


def _decision(
    decisions: Any, name: Decision, summary: str, count: str | int = 0, metavar: str = "", about: str = ""
) -> None:
    parser: argparse.ArgumentParser = decisions.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=_HOW if name == "correct" else None,
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.set_defaults(command=_decide, decision=name)
    parser.add_argument("id", metavar="ID", help="of a claim or an incident" if name != "withdraw" else "of the review")
    if count:
        parser.add_argument("given", nargs=count, metavar=metavar, help=about)
    parser.add_argument("--by", metavar="NAME", default=None, help="who decides (default: this machine's user)")
    parser.add_argument("--why", metavar="WORDS", required=True, help="the reason")
    _common(parser)


def _common(parser: argparse.ArgumentParser) -> None:
    # The verb has this option too; where it stands before the decision, it is not to be undone by a default here.
    parser.add_argument(
        "--config", metavar="FILE", default=argparse.SUPPRESS, help="settings (default: etl.toml, where there is one)"
    )
    add_store(parser)


def _decide(options: argparse.Namespace) -> int:
    from etl.reviews.deciding import Ask, decide
    from etl.tables import former_ids

    ask = Ask(
        decision=options.decision,
        subject_id=options.id,
        given=tuple(getattr(options, "given", ())),
        reviewer=options.by if options.by is not None else getpass.getuser(),
        reason=options.why,
    )
    review, snapshot = decide(settings(options), ask)
    if review.subject == "incident":
        meant = [(options.id, review.subject_id)]
        if review.decision == "merge":
            meant.append((options.given[0], json.loads(review.correction or "{}")["with"]))
        for named, now in meant:
            if named != now:
                print(former_ids.moved(named, now))
    print(f"review {review.review_id}: {review.decision} {review.subject} {review.subject_id}")
    print(f"run {snapshot.run.run_id}: {snapshot.count('incidents'):,} incidents")
    return DONE


def _list(options: argparse.Namespace) -> int:
    from etl.publishing import open_store
    from etl.reviews import listing

    for line in listing.lines(open_store(settings(options)).snapshot(), options.about):
        print(line)
    return DONE
