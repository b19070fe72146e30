# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tuning database: what the tuner writes, whatever happens to it, and reads."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

import bitserial
from bitserial import tune
from bitserial.tune import _records, _search


def record(rows=8, knobs=None, seconds=1e-6, **members):
    return {
        "version": 1,
        "target": "haswell",
        "family": "avx2",
        "kind": "matmul",
        "formats": ["int<1, unsigned>", "int<1, bipolar>"],
        "shape": {"rows": rows, "packed": 96},
        "knobs": knobs or {"rows": 2, "lanes": "outputs"},
        "seconds": seconds,
        **members,
    }


def read(path):
    """(records, warnings) of a database."""
    warnings = []
    return tune.read_records(path, warnings.append), warnings


def test_there_and_back(tmp_path):
    db = tmp_path / "records.jsonl"
    assert read(db) == ([], [])
    records = [record(), record(seconds=None, error="killed by signal 11"), record(rows=9)]
    for entry in records:
        tune.append_record(db, entry)
    assert read(db) == (records, [])
    assert db.read_bytes().count(b"\n") == 3


def test_records_from_before_there_were_threads_are_for_one():
    assert _records.key_of(record()) == _records.key_of(record(threads=1))
    assert _records.key_of(record()) != _records.key_of(record(threads=2))
    assert _records.distance(record(), record(threads=1)) == 0
    assert _records.distance(record(), record(threads=4)) == 2


def test_knobs_that_an_old_record_lacks_had_their_defaults():
    text = bitserial.build.matmul(8, 32, 96)
    (entry,) = tune.space(text, limit=40)
    default, other = entry["candidates"][:2]
    old = {name: entry[name] for name in _records.KEYS if name != "threads"}
    old["knobs"] = {name: v for name, v in other.items() if name != "blocks"}
    search = _search.Search(entry, [{**old, "seconds": 1e-6}])
    assert list(search.tried.values()) == [1e-6] and search.fastest() == [other]


@pytest.mark.parametrize(
    "line, problem",
    [
        (b'{"version": 1, "kind": "mat', "control character"),
        (b"\xff\xfe{}", "decode"),
        (b"[1, 2]", "it is no object"),
        (json.dumps({"version": 1}).encode(), "there is no 'target'"),
        (json.dumps(record(version=7)).encode(), "it has version 7, expected 1"),
        (json.dumps(record(shape={"rows": -1})).encode(), "'shape' does not consist of sizes"),
        (json.dumps(record(knobs={"rows": [1]})).encode(), "the knob 'rows' is neither"),
        (json.dumps(record(seconds="fast")).encode(), "'seconds' is neither"),
        (json.dumps(record(seconds=0)).encode(), "'seconds' is neither"),
        (json.dumps(record(knobs={"rows": 10**20})).encode(), "the knob 'rows' is neither"),
        (json.dumps(record(formats=[1])).encode(), "the 'formats' are no strings"),
        (json.dumps(record(cost="low")).encode(), "'cost' is neither"),
        (json.dumps(record(threads=0)).encode(), "'threads' is no positive integer"),
        (b"[" * 100000, "nested too deeply"),
    ],
)
def test_a_bad_record_is_skipped_and_named(tmp_path, line, problem):
    db = tmp_path / "records.jsonl"
    good = [record(), record(rows=9)]
    text = [json.dumps(good[0]).encode(), line, json.dumps(good[1]).encode()]
    db.write_bytes(b"\n".join(text) + b"\n")
    records, warnings = read(db)
    assert records == good
    assert len(warnings) == 1
    assert warnings[0].startswith(f"{db}:2: this is no tuning record: ")
    assert problem in warnings[0]


def test_another_file_is_no_database(tmp_path):
    model = tmp_path / "model.mlir"
    model.write_text(MATMUL)
    with pytest.raises(OSError, match="model.mlir is no tuning database: none of its"):
        tune.tune(model, model, trials=1, rounds=1)
    assert model.read_text() == MATMUL


def test_a_device_is_no_database():
    with pytest.raises(OSError, match="/dev/zero is no regular file"):
        tune.read_records("/dev/zero")


def test_an_unfinished_line_is_ended_before_the_next(tmp_path):
    db = tmp_path / "records.jsonl"
    tune.append_record(db, record())
    with open(db, "ab") as file:
        file.write(b'{"version": 1, "kin')
    records, warnings = read(db)
    assert records == [record()] and f"{db}:2:" in warnings[0]
    tune.append_record(db, record(rows=9))
    records, warnings = read(db)
    assert records == [record(), record(rows=9)] and len(warnings) == 1


def test_several_writers(tmp_path):
    db = tmp_path / "records.jsonl"

    def write(first):
        for i in range(50):
            tune.append_record(db, record(rows=first + i))

    threads = [threading.Thread(target=write, args=(1000 * i + 1,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    records, warnings = read(db)
    assert not warnings
    expected = {1000 * i + 1 + j for i in range(4) for j in range(50)}
    assert {r["shape"]["rows"] for r in records} == expected and len(records) == 200


def test_what_was_measured_last_counts():
    lucky, later, other = record(seconds=1e-7), record(seconds=2e-6), record(rows=9)
    assert _records.latest([lucky, other, later]) == [later, other]


def test_distance():
    a = record()
    assert _records.distance(a, record(knobs={"rows": 1})) == 0
    assert _records.distance(a, record(rows=32)) == 2
    assert _records.distance(a, record(rows=32, kind="conv")) == 4
    assert _records.distance(a, record(target="znver4")) == float("inf")


# ----------------------------------------------------------------------------
# Kills
# ----------------------------------------------------------------------------

MATMUL = bitserial.build.matmul(
    8, 32, 96, activations=("unsigned", 1), weights=("bipolar", 1)
)


def test_killed_at_ten_random_moments(tmp_path):
    """No finished trial is lost, no record is corrupted, and work goes on."""
    model, db = tmp_path / "model.mlir", tmp_path / "records.jsonl"
    model.write_text(MATMUL)
    command = [sys.executable, "-m", "bitserial.tune", str(model), f"--tuning-db={db}"]
    command += ["--rounds=1", "--trials=1000", "--model=analytical"]
    moments = random.Random(4)
    finished = 0
    for kill in range(10):
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        # At first the start-up as well; then between the first report and some
        # trials later.
        reported = 0
        if kill % 3:
            for line in child.stderr:
                reported += b"trial" in line
                if reported:
                    break
        time.sleep(moments.uniform(0, 0.5))
        os.killpg(child.pid, signal.SIGKILL)
        reported += sum(b": trial" in line for line in child.stderr)
        child.wait()
        child.stderr.close()
        before = db.read_bytes() if db.exists() else b""
        records, warnings = read(db)
        # Everything that was reported is there; at most the last line is torn.
        assert len(records) >= finished + reported
        assert len(warnings) <= 1 + kill
        assert before.count(b"\n") <= len(records) + len(warnings)
        finished = len(records)
    assert finished >= 6  # One for each kill that came after a report.
    texts = [json.dumps(r["knobs"], sort_keys=True) for r in records]
    assert len(set(texts)) == len(texts), "a finished trial was repeated"
    # What is there is used, and the compiler agrees on what is no record.
    (best,) = tune.tune(
        model, db, trials=1, rounds=1, model="analytical", warn=lambda text: None
    )
    latest = _records.latest(tune.read_records(db, warn=lambda text: None))
    assert best["seconds"] in [r["seconds"] for r in latest]
    (default,) = [r["seconds"] for r in latest if r.get("is_default")]
    assert best["seconds"] <= default
    module = bitserial.compile(model, tuning_db=db)
    assert any("schedule @matmul (tuned" in r.message for r in module.remarks)
    bad = [d for d in module.diagnostics if d.severity == "warning"]
    assert len(bad) == len(warnings)


def test_a_torn_line_is_named_by_the_compiler(tmp_path):
    model, db = tmp_path / "model.mlir", tmp_path / "records.jsonl"
    model.write_text(MATMUL)
    db.write_bytes(b'{"version": 1, "kind": "mat')
    tune.tune(model, db, trials=1, rounds=1, warn=lambda text: None)
    module = bitserial.compile(model, tuning_db=db)
    (warning,) = [d for d in module.diagnostics if d.severity == "warning"]
    assert "records.jsonl:1: this is no tuning record" in warning.message


def test_ctrl_c_stops_and_goes_on(tmp_path):
    model, db = tmp_path / "model.mlir", tmp_path / "records.jsonl"
    model.write_text(MATMUL)
    command = [sys.executable, "-m", "bitserial.tune", str(model), f"--tuning-db={db}"]
    child = subprocess.Popen(
        [*command, "--rounds=1", "--trials=1000", "--model=analytical"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert ": trial 1/1000" in child.stderr.readline()
    child.send_signal(signal.SIGINT)
    rest = child.stderr.read()
    assert child.wait() == 130
    child.stderr.close()
    assert "stopped; the same command goes on from here" in rest
    assert "Traceback" not in rest
    records, warnings = read(db)
    assert len(records) == 1 + rest.count(": trial") and not warnings
    done = subprocess.run(
        [*command, "--rounds=1", f"--trials={len(records) + 1}", "--model=analytical"],
        capture_output=True,
        text=True,
    )
    assert f"trial {len(records) + 1}/{len(records) + 1}" in done.stderr
    assert done.stderr.count(": trial") == 1
