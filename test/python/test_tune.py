# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tuner: what there is to choose from, what it tries, and what it finds."""

import io
import json
import signal
import subprocess
import sys
import types

import numpy as np
import pytest

import bitserial
from bitserial import tune
from bitserial.tune import _cli, _measure, _model, _records, _runners, _search, _space
from bitserial.tune._space import compile_with


def matmul(m, n=32, k=96):
    return bitserial.build.matmul(m, n, k, activations=("unsigned", 1), weights=("bipolar", 1))


@pytest.fixture
def trials(monkeypatch):
    """Replaces measuring: `trials.outcomes` are taken one by one, then the default
    is as fast as all others. `trials.jobs` has what was asked for."""

    state = types.SimpleNamespace(outcomes=[], jobs=[])

    def run(self, job, timeout):
        state.jobs.append(job)
        if state.outcomes:
            return state.outcomes.pop(0)
        return {"seconds": 1e-6, "baselines": [1e-6] * len(job["baselines"])}

    monkeypatch.setattr(_runners.Worker, "run", run)
    return state


# ----------------------------------------------------------------------------
# Candidates
# ----------------------------------------------------------------------------


def test_space():
    (entry,) = tune.space(matmul(8), target="haswell", limit=50)
    assert entry["kind"] == "matmul" and entry["target"] == "haswell"
    assert entry["shape"]["rows"] == 8 and entry["shape"]["packed"] == 96
    candidates = entry["candidates"]
    assert len(candidates) == len(entry["costs"]) == 50
    assert len({json.dumps(c, sort_keys=True) for c in candidates}) == 50
    # Constraints hold: registers, and whole cache tiles.
    for knobs in candidates:
        weights = knobs["vectors"] if knobs["rows"] > 1 else 1
        assert knobs["rows"] * knobs["vectors"] + weights + 1 <= 16
        assert knobs["lines"] == 0 or knobs["lines"] % knobs["rows"] == 0
    # The cheapest by the model.
    assert entry["costs"][1:] == sorted(entry["costs"][1:])
    (everything,) = tune.space(matmul(8), target="haswell")
    assert len(everything["candidates"]) > 500
    assert entry["costs"][1] == min(everything["costs"][1:])
    # The default comes first: compiling with it changes nothing.
    with_knobs = matmul(8).replace("\n      :", "\n      {bitserial.knobs = {}} :", 1)
    plain = bitserial.compile(matmul(8), target="haswell")
    assert bitserial.compile(with_knobs, target="haswell").asm == plain.asm


# Where there are kernels for a target, they decide the micro-tile.
@pytest.mark.parametrize("target", ["haswell", "icelake-server", "cortex-a53", "neoverse-n1"])
@pytest.mark.parametrize("bits", [(1, 1), (2, 1), (2, 2)])
def test_the_default_is_what_is_compiled_without_knobs(target, bits):
    text = bitserial.build.conv2d(
        (1, 7, 7, 256),
        (64, 3, 3, 256),
        activations=("unsigned", bits[0]),
        weights=("bipolar", bits[1]),
    )
    (entry,) = tune.space(text, target=target, limit=1)
    with_knobs = compile_with(entry, entry["candidates"][0], target)
    plain = bitserial.compile(entry["trial"], target=target)
    assert with_knobs.asm == plain.asm


def test_equal_contractions_are_tuned_once():
    text = matmul(8) + matmul(8).replace("@main", "@other") + matmul(9).replace("@main", "@third")
    assert [e["shape"]["rows"] for e in tune.space(text)] == [8, 9]


def test_threads_are_part_of_the_space():
    text = bitserial.build.matmul(48, 2000, 512)
    (one,), (two,) = tune.space(text, target="haswell"), tune.space(
        text, target="haswell", threads=2
    )
    assert (one["threads"], two["threads"]) == (1, 2)
    assert {c["blocks"] for c in one["candidates"]} == {1}
    assert {c["blocks"] for c in two["candidates"]} == {1, 2}
    # A thread has enough to do.
    assert two["candidates"][0]["blocks"] == 2
    fastest = min(zip(two["costs"], range(len(two["costs"]))))[1]
    assert two["candidates"][fastest]["blocks"] == 2
    assert 0.3 < min(two["costs"]) / min(one["costs"]) < 0.9
    (little,) = tune.space(matmul(8), target="haswell", threads=2)
    assert little["candidates"][0]["blocks"] == 1

def test_features_are_part_of_the_target():
    def targets(**options):
        return [e["target"] for e in tune.space(matmul(8), limit=1, **options)]

    assert targets(target="icelake-server") == ["icelake-server"]
    assert targets(target="icelake-server", features="+rdpru,-aes") == ["icelake-server"]
    assert targets(target="icelake-server", features="-avx512vpopcntdq,+avx512fp16") == [
        "icelake-server,+avx512fp16,-avx512vpopcntdq"
    ]


def test_errors_in_the_model():
    with pytest.raises(bitserial.CompileError, match="expected"):
        tune.space("func.func @main(")


# ----------------------------------------------------------------------------
# Search
# ----------------------------------------------------------------------------


def test_candidates_without_hope_are_not_tried():
    (entry,) = tune.space(bitserial.build.matmul(64, 512, 512))
    search = _search.Search(entry, [])
    assert search.candidates[0] == entry["candidates"][0]
    assert _search._MIN_CANDIDATES <= len(search.candidates) < len(entry["candidates"])
    worst = max(zip(entry["costs"], range(len(entry["costs"]))))[1]
    assert entry["candidates"][worst] not in search.candidates


def test_every_candidate_is_tried_once():
    (entry,) = tune.space(matmul(8), target="haswell", limit=40)
    search = _search.Search(entry, [])
    tried = []
    while (knobs := search.next()) is not None:
        tried.append(_records.knobs_text(knobs))
        search.add(knobs, 1e-6)
    assert len(set(tried)) == len(tried) == 40
    again = _search.Search(entry, [])
    assert _records.knobs_text(again.next()) == tried[0]
    # Those that are running are not begun again.
    others = {_records.knobs_text(again.next()) for _ in range(39)}
    assert len(others) == 39 and tried[0] not in others and again.next() is None


def test_fixed_knobs():
    (entry,) = tune.space(matmul(8), target="haswell")
    search = _search.Search(entry, [], {"word": 64, "lanes": "outputs"})
    assert {c["word"] for c in search.candidates} == {64}
    with pytest.raises(ValueError, match="no candidate has word = 5"):
        _search.Search(entry, [], {"word": 5})
    with pytest.raises(ValueError, match="; word can be 8, 16, 32, 64$"):
        _search.Search(entry, [], {"word": 5, "lanes": "outputs"})
    with pytest.raises(ValueError, match="; the knobs are blocks, .*, word$"):
        _search.Search(entry, [], {"wrod": 64})


def test_all_candidates_can_be_fixed():
    text = bitserial.build.conv2d(
        (1, 56, 56, 64),
        (128, 3, 3, 64),
        activations=("unsigned", 1),
        weights=("bipolar", 1),
        strides=(2, 2),
    )
    (entry,) = tune.space(text, target="icelake-server")
    # None is left out because there are too many.
    assert len(entry["candidates"]) < _space.MAX_CANDIDATES
    fixed = {"word": 8, "lanes": "reduction", "planes": "outer", "rows": 1}
    search = _search.Search(entry, [], fixed)
    assert all(search.default[name] == value for name, value in fixed.items())


def test_similar_shapes_are_the_start():
    target = "haswell"
    (entry,) = tune.space(matmul(8), target=target)
    (far,) = tune.space(matmul(8, n=512), target=target)
    (other,) = tune.space(matmul(8, n=40), target="skylake-avx512")
    records = []
    good, bad = entry["candidates"][40], entry["candidates"][3]
    for similar, knobs, seconds in [
        (entry, good, 1e-6),
        (entry, bad, 2e-6),
        (far, far["candidates"][1], 1e-9),
        (other, other["candidates"][9], 1e-9),
    ]:
        record = {name: similar[name] for name in _records.KEYS}
        records.append({**record, "knobs": knobs, "seconds": seconds})
    (new,) = tune.space(matmul(8, n=40), target=target)
    search = _search.Search(new, records)
    assert search.starts == [good, far["candidates"][1]]
    assert search.next() == new["candidates"][0]
    second = search.next()
    assert _search.differences(second, good) == min(
        _search.differences(c, good) for c in search.candidates[1:]
    )


def test_the_learned_model_ranks():
    pytest.importorskip("sklearn")
    entries = [tune.space(matmul(m, n=64), target="haswell")[0] for m in (8, 16, 24)]

    def seconds(knobs):  # fewer rows are better, whatever the other model says
        return 1e-6 * knobs["rows"]

    records = []
    for entry in entries[:2]:
        step = len(entry["candidates"]) // 40
        for i, knobs in enumerate(entry["candidates"][::step]):
            record = {name: entry[name] for name in _records.KEYS}
            record.update(knobs=knobs, seconds=seconds(knobs), is_default=i == 0, cost=1.0)
            records.append(record)
    model = _model.LearnedCost(records)
    assert model.knows_enough
    candidates = entries[2]["candidates"]
    predicted = model.predict(entries[2], candidates, [1.0] * len(candidates))
    few = [p for p, c in zip(predicted, candidates) if c["rows"] <= 2]
    many = [p for p, c in zip(predicted, candidates) if c["rows"] >= 5]
    assert few and many and np.mean(few) < np.mean(many)
    search = _search.Search(entries[2], [])
    search.add(search.next(), 1e-6)
    assert search.next(model)["rows"] <= 2
    # A few records teach nothing, failed ones neither.
    assert not _model.LearnedCost(records[:5]).knows_enough
    assert not _model.LearnedCost([{**r, "seconds": None} for r in records]).knows_enough


def test_without_scikit_learn(tmp_path, monkeypatch, trials):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    with pytest.raises(ImportError, match=r"needs sklearn.*pip install 'bitserial\[tune\]'"):
        tune.tune(matmul(8), tmp_path / "db", trials=1, model="learned")
    tune.tune(matmul(8), tmp_path / "db", trials=1)
    assert len(trials.jobs) == 1


# ----------------------------------------------------------------------------
# Trials
# ----------------------------------------------------------------------------


def test_tune_and_compile(tmp_path):
    db = tmp_path / "records.jsonl"
    progress = []
    (best,) = tune.tune(matmul(8), db, trials=4, rounds=3, report=progress.append)
    records = tune.read_records(db)
    assert len(records) == len(progress)
    trials = [p for p in progress if not p.is_final]
    assert [p.trials for p in trials] == [1, 2, 3, 4] and trials[0].total == 4
    latest = _records.latest(records)
    assert len(latest) == 4
    (default,) = [r["seconds"] for r in latest if r.get("is_default")]
    fastest = min(r["seconds"] for r in latest if r["seconds"])
    assert best["seconds"] == (fastest if fastest < 0.98 * default else default)
    assert records[0]["is_default"] and records[0]["versions"]["bitserial"]
    module = bitserial.compile(matmul(8), tuning_db=db)
    assert any("schedule @matmul (tuned" in r.message for r in module.remarks)
    # What is recorded is not measured again; more trials go on from there.
    tune.tune(matmul(8), db, trials=5, rounds=3)
    assert len(_records.latest(tune.read_records(db))) == 5


def test_a_failed_trial_costs_itself(tmp_path, trials):
    trials.outcomes = [
        {"seconds": 2e-6, "baselines": []},
        {"error": "killed by signal 11"},
        {"seconds": 1e-6, "baselines": [4e-6]},
        {"seconds": 1e-6, "baselines": [2e-6]},  # again, now slower
    ]
    db = tmp_path / "records.jsonl"
    (best,) = tune.tune(matmul(8), db, trials=3)
    records = tune.read_records(db)
    # Relative to the default in the same process.
    expected = [2e-6, None, pytest.approx(5e-7), pytest.approx(1e-6)]
    assert [r["seconds"] for r in records] == expected
    assert best["seconds"] == pytest.approx(1e-6)
    assert "signal 11" in records[1]["error"]
    # The default, and where it is another one the best, are measured beside it.
    assert [len(job["baselines"]) for job in trials.jobs] == [0, 1, 1, 1]
    assert [job["places"] > 1 for job in trials.jobs] == [False] * 3 + [True]


def test_the_fastest_is_measured_until_that_is_certain(tmp_path, trials):
    trials.outcomes = [
        {"seconds": 4e-6, "baselines": []},
        {"seconds": 1e-6, "baselines": [4e-6]},
        {"seconds": 2e-6, "baselines": [4e-6, 1e-6]},
        # Again: lucky the first time, then right.
        {"seconds": 3.99e-6, "baselines": [4e-6]},
        {"seconds": 2e-6, "baselines": [4e-6]},
    ]
    db = tmp_path / "records.jsonl"
    (best,) = tune.tune(matmul(8), db, trials=3)
    assert best["seconds"] == pytest.approx(2e-6)
    confirmed = [bool(r.get("confirmed")) for r in tune.read_records(db)]
    assert confirmed == [False] * 3 + [True] * 2
    # There is nothing left to do.
    tune.tune(matmul(8), db, trials=3)
    assert len(trials.jobs) == 5


def test_the_same_code_in_several_places(monkeypatch):
    (entry,) = tune.space(matmul(8), limit=2)
    ratios = iter([1.0, 1.3, 0.9, 1.2, 1.1])
    measure = _measure.Measurements()
    compiled = []
    time = measure._time

    def timed(job, swap):
        outcome, memory = time(job, swap)
        compiled.append(set(map(id, measure.modules.values())))
        seconds = outcome["baselines"][0] * next(ratios)
        return {**outcome, "seconds": seconds}, memory

    monkeypatch.setattr(measure, "_time", timed)
    default, knobs = entry["candidates"]
    job = dict(entry=entry, knobs=knobs, baselines=[default], rounds=1, target="native")
    outcome = measure.run({**job, "places": 5})
    assert outcome["seconds"] / outcome["baselines"][0] == pytest.approx(1.3)
    # Compiled anew for each.
    assert all(len(modules) == 2 for modules in compiled)
    assert len(set.union(*compiled)) == 10


def test_threads(tmp_path):
    text, db = bitserial.build.matmul(48, 2000, 512), tmp_path / "records.jsonl"
    try:
        (best,) = tune.tune(text, db, trials=2, rounds=1, threads=2)
    except ValueError as error:
        pytest.skip(str(error))
    assert best["threads"] == 2
    records = tune.read_records(db)
    assert {r["threads"] for r in records} == {2} and records[0]["knobs"]["blocks"] == 2

    def schedule(threads):
        module = bitserial.compile(text, tuning_db=db, threads=threads)
        return [r.message for r in module.remarks if "schedule @" in r.message]

    assert "(tuned" in schedule(2)[0] and schedule(1) == schedule(4) == []


def test_several_threads_are_timed_by_the_clock(monkeypatch):
    (entry,) = tune.space(matmul(8), limit=1, threads=2)
    clocks = []
    monkeypatch.setattr(_measure.time, "perf_counter", lambda: clocks.append("wall") or len(clocks))
    monkeypatch.setattr(_measure.time, "thread_time", lambda: clocks.append("cpu") or len(clocks))
    for threads, clock in [(1, "cpu"), (2, "wall")]:
        del clocks[:]
        knobs = entry["candidates"][0]
        job = dict(entry={**entry, "threads": threads}, knobs=knobs, baselines=[], rounds=1)
        _measure.Measurements().run({**job, "target": "native"})
        assert set(clocks) == {clock}


@pytest.mark.parametrize("seconds, replaces", [(0.99e-6, False), (0.97e-6, True)])
def test_noise_does_not_replace_the_default(tmp_path, trials, seconds, replaces):
    (entry,) = tune.space(matmul(8), limit=10)
    db = tmp_path / "records.jsonl"
    for index, time in [(0, 1e-6), (5, seconds)]:
        record = {name: entry[name] for name in _records.KEYS}
        record.update(knobs=entry["candidates"][index], seconds=time, confirmed=True)
        tune.append_record(db, {**record, "is_default": index == 0})
    expected = entry["candidates"][5 if replaces else 0]
    (best,) = tune.tune(matmul(8), db, trials=2)
    assert best["knobs"] == expected and not trials.jobs
    module = bitserial.compile(matmul(8), tuning_db=db)
    (remark,) = [r.message for r in module.remarks if "(tuned" in r.message]
    described = dict(part.split(" = ") for part in remark.split(": ")[1].split(", "))
    assert described == {name: str(value) for name, value in expected.items()}


def test_a_default_that_fails_ends_its_contraction(tmp_path, trials):
    trials.outcomes = [{"error": "took longer than 1 s"}]
    assert tune.tune(matmul(8), tmp_path / "db", trials=5) == []
    assert len(trials.jobs) == 1
    # It is tried again by the next run.
    assert len(tune.tune(matmul(8), tmp_path / "db", trials=5)) == 1
    assert trials.jobs[1]["baselines"] == [] and len(trials.jobs) > 5


def test_contractions_take_turns(tmp_path, trials):
    text = matmul(8) + matmul(9).replace("@main", "@other")
    tune.tune(text, tmp_path / "db", trials=3)
    rows = [job["entry"]["shape"]["rows"] for job in trials.jobs]
    assert rows[:6] == [8, 9, 8, 9, 8, 9]


def test_time_is_over(tmp_path, trials):
    assert tune.tune(matmul(8), tmp_path / "db", seconds=0) == []
    assert not trials.jobs


def job_for(entry, knobs, **members):
    return {
        "entry": entry,
        "knobs": knobs,
        "baselines": [entry["candidates"][0]],
        "target": "native",
        "features": None,
        "schedule": None,
        "rounds": 1,
        **members,
    }


def test_a_worker_that_fails_hangs_or_crashes():
    (entry,) = tune.space(matmul(8), limit=2)
    good = entry["candidates"][1]
    worker = _runners.Worker()
    try:
        assert "no knob" not in str(worker.run(job_for(entry, good), 60).get("error", ""))
        pid = worker.child.pid
        # An error leaves the worker alone.
        error = worker.run(job_for(entry, {**good, "rows": 1000}), 60)["error"]
        assert "rows" in error and worker.child.pid == pid
        # One that is late or has crashed is replaced.
        worker.child.send_signal(signal.SIGSTOP)
        assert "took longer than" in worker.run(job_for(entry, good), 0.1)["error"]
        assert worker.child is None
        assert worker.run(job_for(entry, good), 60)["seconds"] > 0
        worker.child.kill()
        assert worker.run(job_for(entry, good), 60) == {"error": "killed by signal 9"}
        assert worker.run(job_for(entry, good), 60)["seconds"] > 0
    finally:
        worker.stop()


def test_trials_that_this_machine_cannot_make_are_refused_before_any_record(tmp_path):
    db = tmp_path / "records.jsonl"
    with pytest.raises(ValueError, match="cannot run code for .*; give a --runner"):
        tune.tune(matmul(8), db, target="cortex-a53", trials=1)
    with pytest.raises(ValueError, match="trials cannot run on CPU 100000; there are "):
        tune.tune(matmul(8), db, cpu=100000, trials=1)
    assert not db.exists()


def test_nothing_to_tune(tmp_path):
    warnings = []
    text = "func.func @main() {\n  return\n}\n"
    assert tune.tune(text, tmp_path / "db", warn=warnings.append) == []
    assert "no contraction of low-bit numbers" in warnings[0]


def test_arguments_are_checked(tmp_path):
    for arguments, message in [
        (dict(trials=0), "trials must be positive, got 0"),
        (dict(rounds=-1), "rounds must be positive"),
        (dict(threads=0), "threads must be positive"),
        (dict(threads=2, cpu=0), "2 threads cannot be measured on the single CPU 0"),
        (dict(timeout=0), "timeout"),
        (dict(seconds=float("nan")), "seconds must not be negative"),
        (dict(model="tea leaves"), "model must be"),
        (dict(runner="true", scheduler="x"), "either a runner or a scheduler"),
        (dict(runner="no-such-program --x"), "there is no program"),
    ]:
        with pytest.raises(ValueError, match=message):
            tune.tune(matmul(8), tmp_path / "db", **arguments)
    for arguments, message in [
        (dict(trials="3"), "trials must be int, got str"),
        (dict(trials=True), "trials must be int, got bool"),
        (dict(cpu="0"), "cpu must be int or None, got str"),
        (dict(seconds=None), "seconds must be int or float, got NoneType"),
        (dict(fixed="word=64"), "fixed must be dict or None, got str"),
        (dict(runner=["simulate"]), "runner must be str or None, got list"),
        (dict(model=None), "model must be str, got NoneType"),
        (dict(threads=1.5), "threads must be int, got float"),
        (dict(report=None), "report must be callable, got NoneType"),
        (dict(warn=3), "warn must be callable, got int"),
        (dict(target=3), "target must be a str, got int"),
        (dict(schedule=3), "int"),
    ]:
        with pytest.raises(TypeError, match=message):
            tune.tune(matmul(8), tmp_path / "db", **arguments)
    for source, db in [(3, tmp_path / "db"), (matmul(8), 3.0)]:
        with pytest.raises(TypeError):
            tune.tune(source, db, trials=1)


# ----------------------------------------------------------------------------
# Command line
# ----------------------------------------------------------------------------


def test_command_line(tmp_path):
    model, db = tmp_path / "model.mlir", tmp_path / "records.jsonl"
    model.write_text(matmul(8))
    command = [sys.executable, "-m", "bitserial.tune"]
    done = subprocess.run(
        [*command, model, f"--tuning-db={db}", "--trials=2", "--rounds=1", "--fix=word=64"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "trial 2/2" in done.stderr and json.loads(done.stdout)["knobs"]["word"] == 64
    done = subprocess.run(
        [*command, model, f"--tuning-db={db}", "--trials=2", "--fix=word=64"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "are in" in done.stderr and "a larger --trials=" in done.stderr
    for arguments, message in [
        (["missing.mlir"], "error: missing.mlir: No such file"),
        ([model, "--trials=0"], "0 is not positive"),
        ([model, "--fix=word"], "'word' is not KNOB=VALUE"),
        ([model, "--target=haswel", f"--tuning-db={db}"], "unknown CPU 'haswel'"),
        ([model, "--runner=false", f"--tuning-db={tmp_path / 'new'}"], "nothing could be measured"),
    ]:
        done = subprocess.run([*command, *arguments], capture_output=True, text=True)
        assert done.returncode in (1, 2) and message in done.stderr
        assert "Traceback" not in done.stderr


def test_display_on_a_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(_cli.shutil, "get_terminal_size", lambda: _cli.shutil.os.terminal_size((90, 9)))
    display = _cli.Display(Terminal(), seconds=90)
    display(tune.Progress("a.mlir:1:2", 30, 60, 2e-6, None, 1e-6, 1.5e-6))
    text = display.stream.getvalue()
    assert text.startswith("\r[##########----------] 30/60 ") and len(text) == 90
    assert "a.mlir:1:2: 2.0 us, best 1.0 us (1.50x default)" in text
    display(tune.Progress("a.mlir:1:2", 31, 60, None, "killed by signal 11", 1e-6, 1.5e-6))
    assert "killed by signal 11" in display.stream.getvalue()
