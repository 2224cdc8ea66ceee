"""Cleaning on Spark: a function of a DataFrame, and one of a column."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

try:
    from pyspark import AccumulatorParam, TaskContext
    from pyspark.sql import Column, DataFrame, SparkSession
    from pyspark.sql.functions import arrow_udf
    from pyspark.sql.pandas.types import from_arrow_type, to_arrow_schema
    from pyspark.sql.types import StructField, StructType
except ImportError as error:
    raise ImportError("Spark is not installed: pip install 'zhengben[spark]'") from error

import pyarrow as pa

from zhengben._batches import Cleaning, Metrics
from zhengben._guard import PoisonError, guard_of
from zhengben._outputs import Errors, Outputs
from zhengben._zhengben import Cleaner, fix_text_arrow

__all__ = ["Metrics", "PoisonError", "Totals", "clean", "fix_text"]


class Totals:
    """Metrics of a DataFrame, added up by an accumulator of Spark as its tasks end.

    They are exact where cleaning is done in the last stage of a single action, such as
    reading, cleaning and writing are. Where another stage follows (`groupBy`, `orderBy`), a
    task that is done again is counted again; so is every action on the same DataFrame.
    """

    def __init__(self, spark: SparkSession) -> None:
        self._sum = spark.sparkContext.accumulator(Metrics(), _Sum())

    def get(self) -> Metrics:
        """What has been done so far."""
        metrics: Metrics = self._sum.value
        return metrics


class _Sum(AccumulatorParam[Metrics]):
    def zero(self, value: Metrics) -> Metrics:
        return Metrics()

    def addInPlace(self, value1: Metrics, value2: Metrics) -> Metrics:
        return value1 + value2


def clean(
    frame: DataFrame,
    *,
    column: str = "text",
    outputs: Outputs = ("text",),
    cleaner: Cleaner | None = None,
    errors: Errors = "raise",
    id_column: str | None = None,
    skip: Iterable[Any] = (),
    totals: Totals | None = None,
    guard: bool = False,
) -> DataFrame:
    """A DataFrame with its documents cleaned, by `DataFrame.mapInArrow`.

    The text takes the place of the `column`; other `outputs` are columns of their own.
    When Spark gives a task a second try, because its worker died, it is found out which
    document kills the worker, and `PoisonError` has its id, if `id_column` says where that
    is; with `guard`, on the first try.
    """
    cleaning = Cleaning.of(
        column=column,
        outputs=outputs,
        cleaner=cleaner,
        errors=errors,
        id_column=id_column,
        skip=skip,
    )
    schema = _schema(frame.schema, cleaning)
    total = None if totals is None else totals._sum

    def clean_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        context = TaskContext.get()
        again = context is not None and context.attemptNumber() > 0
        clean = guard_of(cleaning).clean if guard or again else cleaning.clean
        for batch in batches:
            table, metrics = clean(pa.Table.from_batches([batch]))
            if total is not None:
                total.add(metrics)
            yield from table.to_batches()

    return frame.mapInArrow(clean_batches, schema)


def fix_text(column: Column | str, *, cleaner: Cleaner | None = None) -> Column:
    """The restored text of a column of strings, or of binary to decode."""
    cleaner = cleaner or Cleaner()

    def fix(texts: pa.Array) -> pa.Array:
        return pa.array(fix_text_arrow(texts, cleaner=cleaner))

    # Spark reads what kind of function it is from the annotations of these.
    udf: Callable[[Any], Column] = arrow_udf(fix, "string")
    return udf(column)


def _schema(schema: StructType, cleaning: Cleaning) -> StructType:
    """The schema of what comes out; columns that cleaning does not touch keep theirs."""
    known = {field.name: field for field in schema}
    made = {name for _, name in cleaning.outputs}
    fields = []
    # Of times, only the type is of interest here.
    for field in cleaning.schema(to_arrow_schema(schema, timezone="UTC")):
        if field.name in made:
            fields.append(StructField(field.name, from_arrow_type(field.type)))
        else:
            fields.append(known[field.name])
    return StructType(fields)
