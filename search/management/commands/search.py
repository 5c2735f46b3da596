"""`manage.py search rebuild | status | check | evaluate`."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from portal.core.searchable import searchable_kinds
from search.engines import current_engine
from search.engines.contract import BusyWriting, EngineUnavailable
from search.evaluation import judged_questions, metrics, runs
from search.indexing import outbox
from search.models import Outbox

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h


class Command(BaseCommand):
    help = "Rebuilds the search index, says how it is, or checks that it holds what is public."
    requires_system_checks = []

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser(
            "rebuild", help="build a new index beside the old one, then switch; the site stays searchable"
        )
        actions.add_parser("status", help="say how many documents it holds and what waits to be written")
        actions.add_parser("check", help="compare it with the database; ends with an error when they differ")
        evaluate = actions.add_parser(
            "evaluate",
            help="ask the questions of search/evaluation/judgements, say how well they are answered (docs/search.md)",
        )
        evaluate.add_argument("--engine", default="", help="as in SEARCH_URL; the engine of the settings by default")
        evaluate.add_argument(
            "--questions", type=Path, default=judged_questions.FOLDER, help="a folder of judged questions"
        )
        evaluate.add_argument("--worst", type=int, default=0, help="also list so many of the worst answered questions")

    def handle(self, *args, action, verbosity=1, **options):
        try:
            if action == "evaluate":
                self.evaluate(options["engine"], options["questions"], options["worst"])
            else:
                {"rebuild": self.rebuild, "status": self.show_status, "check": self.compare}[action](verbosity)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error

    def rebuild(self, verbosity):
        try:
            count = outbox.rebuild(current_engine())
        except BusyWriting as error:
            raise CommandError(
                "Another process is rebuilding the index. Wait until it is done.", returncode=TRY_LATER
            ) from error
        except EngineUnavailable as error:
            raise CommandError(
                f"The index was not rebuilt, the old one stays in use: {error}.", returncode=TRY_LATER
            ) from error
        if verbosity:
            self.stdout.write(f"{count} documents indexed.")

    def show_status(self, verbosity):
        status = current_engine().status()
        if not status.usable:
            raise CommandError(f"Search cannot answer: {status.message}. Run: manage.py search rebuild")
        megabytes = status.size / 1e6
        self.stdout.write(f"{status.documents} documents, {status.cues} moments, {megabytes:.1f} MB in {status.place}")
        self.stdout.write(f"{Outbox.objects.count()} changes wait to be written.")

    def compare(self, verbosity):
        engine = current_engine()
        if not engine.status().usable:
            raise CommandError(f"Search cannot answer: {engine.status().message}. Run: manage.py search rebuild")
        public = {document.id for kind in searchable_kinds().values() for document in kind.documents(None)}
        indexed = engine.identifiers()
        for identifier in sorted(public - indexed):
            self.stderr.write(f"missing in the index: {identifier}")
        for identifier in sorted(indexed - public):
            self.stderr.write(f"no longer public: {identifier}")
        if public != indexed:
            raise CommandError("The index differs from what is public. Run: manage.py search rebuild")
        self.stdout.write(f"The index holds exactly the {len(public)} public documents.")

    def evaluate(self, engine: str, folder: Path, worst: int) -> None:
        if engine:
            settings.SEARCH_URL = engine
        status = current_engine().status()
        if not status.usable:
            raise CommandError(f"Search cannot answer: {status.message}. Run: manage.py search rebuild")
        questions = judged_questions.judged_questions(folder)
        pages = runs.page_kinds()
        expanded = runs.judge(questions, runs.ask_engine(current_engine()))
        columns = {
            "with other words": expanded,
            "own words only": runs.judge(questions, runs.ask_engine(current_engine(), expand=False)),
            "pages only": runs.judge(questions, runs.ask_engine(current_engine(), kinds=pages), pages),
            "Wagtail, pages": runs.judge(questions, runs.ask_wagtail, pages),
        }
        self.stdout.write(f"{len(questions)} questions, asked of: {settings.SEARCH_URL}, {status.documents} documents")
        for title, held_out in (("To tune on", False), ("Held out", True)):
            self._table(
                title,
                {
                    name: [answer for answer in answers if answer.question.held_out == held_out]
                    for name, answers in columns.items()
                },
            )
        to_tune_on = (answer for answer in expanded if not answer.question.held_out)
        for answer in sorted(to_tune_on, key=lambda answer: answer.score.ndcg)[:worst]:
            self._show(answer)

    def _table(self, title: str, columns: dict[str, list[runs.JudgedAnswer]]) -> None:
        """Print the scores by language, three columns for each way of asking; `all` is the mean of all questions."""
        self.stdout.write(f"\n{title:14}" + "".join(f" | {name:22}" for name in columns))
        self.stdout.write(f"{'':14}" + " | nDCG@10 rec@20    MRR " * len(columns))
        languages = {name: runs.mean_by_language(answers) for name, answers in columns.items()}
        first = next(iter(columns.values()))
        for language in (*next(iter(languages.values())), "all"):
            asked = [answer for answer in first if language in (answer.question.language, "all")]
            scores = (
                metrics.mean(answer.score for answer in answers)
                if language == "all"
                else languages[name].get(language, metrics.Score())
                for name, answers in columns.items()
            )
            cells = "".join(f" |   {score.ndcg:.3f}  {score.recall:.3f}  {score.mrr:.3f}" for score in scores)
            self.stdout.write(f"{language:4}{len(asked):4} asked{cells}")

    def _show(self, answer: runs.JudgedAnswer) -> None:
        """Print a badly answered question: what came first, with its grade, and what was expected and did not come."""
        question, first = answer.question, answer.found[: metrics.GAIN_DEPTH]
        self.stdout.write(f"\n{answer.score.ndcg:.2f}  {question.language}  {question.text}   ({question.need})")
        for rank, identifier in enumerate(first, start=1):
            self.stdout.write(f"   {rank:3}. {question.grades.get(identifier, '-')}  {identifier}")
        for identifier, grade in question.grades.items():
            if identifier not in first:
                place = str(answer.found.index(identifier) + 1) if identifier in answer.found else "no"
                self.stdout.write(f"   {place:>3}  {grade}  {identifier}")
