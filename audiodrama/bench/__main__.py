"""Turn a command line into a benchmark or a training run: ``python -m audiodrama.bench``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

from audiodrama import prose, script
from audiodrama.bench.attribution.novels import find_novels, read_novel
from audiodrama.bench.attribution.scoring import Tally, score
from audiodrama.bench.attribution.tables import attribution_table, calibration_table
from audiodrama.errors import AudiodramaError


def score_novel(folder: Path, listed: bool) -> Tally:
    """Read, adapt and score one novel.

    Args:
        folder: a novel in the corpus's format.
        listed: whether the extractor is given the cast list too, as a casting file gives it.
    """
    novel = read_novel(folder)
    roster = novel.roster() if listed else ()
    start = time.perf_counter()
    adapted = script.adapt(prose.read(novel.path), roster)
    seconds = time.perf_counter() - start
    tally = score(novel, adapted)
    tally.seconds = seconds
    return tally


def _attribution(arguments: argparse.Namespace) -> None:
    """Score the novels with their cast lists, without, or both, several novels at a time."""
    folders = find_novels(arguments.path)
    settings = {"text": (False,), "cast": (True,), "both": (False, True)}[arguments.given]
    with ProcessPoolExecutor(max(1, arguments.jobs)) as pool:
        for listed in settings:
            tallies = list(pool.map(score_novel, folders, [listed] * len(folders)))
            title = "Text and cast list" if listed else "End to end, text only"
            for line in (*attribution_table(title, tallies), "", *calibration_table(tallies), ""):
                print(line, flush=True)


def _train(arguments: argparse.Namespace) -> None:
    """Train the ranker and write its weights file."""
    from audiodrama.bench.training.train import collect, train

    trained = train(collect(arguments.litbank, arguments.prose))
    arguments.output.write_text(trained.text, encoding="utf-8", newline="\n")
    print(f"{trained.turns} turns taught; {len(trained.text.encode()):,} bytes written to {arguments.output}")
    print(f"right on LitBank's texts when left out: rules {trained.rules:.1%}, ranker {trained.ranked:.1%}")


def _ladder(arguments: argparse.Namespace) -> None:
    """Compare rankers in an ablation study."""
    from audiodrama.bench.training.ablation import ablate, ablation_table
    from audiodrama.bench.training.train import collect

    _show(ablation_table(list(ablate(collect(arguments.litbank, arguments.prose)))))


def _rendering(arguments: argparse.Namespace) -> None:
    """Measure one story against another command, or a synthetic novel step by step."""
    from audiodrama.bench.rendering.production import compare_pairs, cost_table, costs

    if arguments.story is not None:
        _show(compare_pairs(arguments.story, arguments.jobs, arguments.floor, arguments.rounds))
        return
    print("\n".join(cost_table(costs(arguments.words, arguments.jobs, arguments.floor))))


def _batch(arguments: argparse.Namespace) -> None:
    """Measure a batch of short stories, or a novel on a local cluster."""
    from audiodrama.bench.rendering.batches import batch_table, cluster_table

    _show(
        cluster_table(arguments.words, arguments.rounds)
        if arguments.cluster
        else batch_table(arguments.stories, arguments.jobs)
    )


def _kills(arguments: argparse.Namespace) -> None:
    """Kill batches, or workers of a cluster, at random moments."""
    from audiodrama.bench.rendering.fault_injection import kill_batches, kill_workers

    kill = kill_workers if arguments.cluster else kill_batches
    _show(kill(arguments.moments, arguments.stories, arguments.seed))


def _casting(arguments: argparse.Namespace) -> None:
    """Measure how stable casts are and how distinct their voices."""
    from audiodrama.bench.casting.cast_stability import stability_table

    _show(stability_table(arguments.stories, arguments.seed))


def _fuzz(arguments: argparse.Namespace) -> None:
    """Run random command lines and print each that ends badly, then how many there were."""
    from audiodrama.bench.fuzzing.command_lines import run_one

    faults = [fault for seed in range(arguments.runs) if (fault := run_one(Random(arguments.seed + seed)))]
    _show((*faults, f"{arguments.runs} command lines, {len(faults)} ended badly"))


def _show(lines: Iterable[str]) -> None:
    """Print each line as soon as it is known."""
    for line in lines:
        print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    """The command line; the names of the commands are those of the repository's page."""
    parser = argparse.ArgumentParser(prog="python -m audiodrama.bench", description="Measure, and rebuild the weights.")
    commands = parser.add_subparsers(required=True)
    attribution = commands.add_parser("attribution", help="score who speaks against annotated novels")
    attribution.add_argument(
        "path", type=Path, help="a folder in the format of the Project Dialogism Novel Corpus, or of such folders"
    )
    attribution.add_argument(
        "--given", choices=("text", "cast", "both"), default="both", help="what the extractor is given (both)"
    )
    attribution.add_argument("--jobs", type=int, default=1, help="novels at a time (1); speed is told for one core")
    attribution.set_defaults(run=_attribution)
    train = commands.add_parser("train", help="rebuild the weights of the ranker")
    train.add_argument("litbank", type=Path, help="LitBank's folder (CC BY 4.0)")
    train.add_argument(
        "prose", type=Path, nargs="*", help="folders of public-domain prose (*.txt), whose tags are hidden"
    )
    train.add_argument("-o", "--output", type=Path, required=True, help="the weights file to write")
    train.set_defaults(run=_train)
    ladder = commands.add_parser("ladder", help="what families of rankers and sets of features are worth")
    ladder.add_argument("litbank", type=Path, help="LitBank's folder (CC BY 4.0)")
    ladder.add_argument("prose", type=Path, nargs="*", help="folders of public-domain prose (*.txt)")
    ladder.set_defaults(run=_ladder)
    rendering = commands.add_parser(
        "rendering", help="what it costs to produce a made-up novel, and to produce it again"
    )
    rendering.add_argument("--words", type=int, default=100_000, help="its length (100,000)")
    rendering.add_argument("--jobs", type=int, default=2, help="worker processes (2)")
    rendering.add_argument(
        "--floor", default="", help="a command to compare with, with {text}, {jobs} and {output} in it"
    )
    rendering.add_argument("--story", type=Path, help="produce this story cold instead, in turns with --floor")
    rendering.add_argument("--rounds", type=int, default=9, help="how often, with --story (9)")
    rendering.set_defaults(run=_rendering)
    _add_others(commands)
    return parser


def _add_others(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of batches, of interruptions and of casting."""
    batch = commands.add_parser("batch", help="what a short story costs in a batch, over one alone")
    batch.add_argument("--stories", type=int, default=200, help="in the batch (200)")
    batch.add_argument("--jobs", type=int, default=2, help="worker processes (2)")
    batch.add_argument(
        "--cluster", action="store_true", help="two local dask workers over --jobs 2 instead, for a novel"
    )
    batch.add_argument("--words", type=int, default=10_000, help="the novel's length (10,000)")
    batch.add_argument("--rounds", type=int, default=3, help="how often (3)")
    batch.set_defaults(run=_batch)
    kills = commands.add_parser("kills", help="kill a batch, or a dask worker, at random moments, and go on")
    kills.add_argument("--moments", type=int, default=50, help="how many (50)")
    kills.add_argument("--stories", type=int, default=6, help="in each batch (6)")
    kills.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    kills.add_argument("--cluster", action="store_true", help="kill a worker of a local dask cluster instead")
    kills.set_defaults(run=_kills)
    fuzz = commands.add_parser("fuzz", help="run random command lines on random files; no file may be lost")
    fuzz.add_argument("--runs", type=int, default=10_000, help="how many (10,000)")
    fuzz.add_argument("--seed", type=int, default=1, help="of the first (1)")
    fuzz.set_defaults(run=_fuzz)
    casting = commands.add_parser(
        "casting", help="whose voices stay when somebody joins a cast, and how clear a cast is"
    )
    casting.add_argument("--stories", type=int, default=200, help="random ones for each figure (200)")
    casting.add_argument("--seed", type=int, default=1, help="of the stories (1)")
    casting.set_defaults(run=_casting)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give 0 if it went well, 2 for input that it cannot use."""
    parsed = _parser().parse_args(arguments)
    try:
        parsed.run(parsed)
    except AudiodramaError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
