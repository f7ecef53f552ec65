"""Scoring in Spark gives the rows that a batch gives."""

import os
import shutil
import sys

import pytest

from claimcheck.batch.items import Record
from claimcheck.batch.job import Job
from claimcheck.batch.rows import RowKind
from claimcheck.batch.work import score_item
from claimcheck.spark import schema, score_udf
from tests.batch.words import WordScorer
from tests.conftest import ROOT

TEXTS = {"mint": "Mint cures a cough. Mint may help.", "none": None, "garden": "A gate."}


@pytest.fixture(scope="module")
def spark():
    """A Spark of this machine, with one processor."""
    sql = pytest.importorskip("pyspark.sql", reason="needs: pip install 'claimcheck[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{ROOT / 'src'}{os.pathsep}{ROOT}")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = sql.SparkSession.builder.master("local[1]").appName("claimcheck")
        session = (
            builder.config("spark.ui.enabled", "false")
            .config("spark.driver.memory", "512m")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()
        )
        yield session
        session.stop()


@pytest.mark.slow
@pytest.mark.parametrize("kind", RowKind)
def test_a_udf_gives_the_rows_of_a_batch_and_an_error_is_one_of_them(spark, kind):
    table = spark.createDataFrame(list(TEXTS.items()), "id string, text string")
    udf = score_udf(kind=kind, make_scorer=WordScorer)
    found = table.select("id", udf("text").alias("rows")).collect()
    for id_, rows in found:
        expected, _ = score_item(WordScorer(), Record("the document", TEXTS[id_]), Job(kind))
        assert [{"id": "the document"} | row.asDict() for row in rows] == expected
    assert [id_ for id_, _ in found] == list(TEXTS)
    assert found[1].rows[0].error == "the document has null as its text: it must be text"


@pytest.mark.slow
def test_the_shipped_model_is_opened_where_no_other_is_named(spark, scorer):
    text = "Linden tea ends insomnia for good."
    table = spark.createDataFrame([(text,)], "text string")
    ((rows,),) = table.select(score_udf()("text")).collect()
    (sentence,) = scorer.score(text).sentences
    assert [(r.text, r.label, r.model) for r in rows] == [(text, sentence.label, scorer.model_name)]


def test_the_schema_has_the_columns_of_a_batch_but_for_the_id():
    assert schema(RowKind.DOCUMENTS).startswith("array<struct<`sentences`: bigint, ")
    assert "`id`" not in schema() and "`error`: string" in schema()


def test_without_spark_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql.functions", None)
    with pytest.raises(Exception, match=r"claimcheck\[spark\]"):
        score_udf()
