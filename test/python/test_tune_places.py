# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trials elsewhere: by a command, and on a Dask cluster."""

import json
import subprocess
import sys

import numpy as np
import pytest

import bitserial
from bitserial import tune
from bitserial.tune import _runners

from cross import EMULATORS

TEXT = bitserial.build.matmul(8, 32, 96, activations=("unsigned", 2), weights=("bipolar", 1))
SIMULATE = f"{sys.executable} -m bitserial.tune.simulate"


def fake_runner(tmp_path, body):
    """A command that runs `body` with the directory as `d` and the job as `job`."""
    script = tmp_path / "runner.py"
    script.write_text(
        "import json, pathlib, sys, time\n"
        "d = pathlib.Path(sys.argv[-1])\n"
        "job = json.loads((d / 'job.json').read_text())\n" + body
    )
    return f"{sys.executable} {script} --option"


def errors_of(db):
    return [r.get("error") for r in tune.read_records(db)]


def test_simulated(tmp_path):
    cpu = "cortex-a53"
    missing = EMULATORS[cpu].missing()
    if missing:
        pytest.skip(missing)
    db = tmp_path / "records.jsonl"
    (best,) = tune.tune(TEXT, db, target=cpu, trials=2, runner=SIMULATE)
    first = tune.read_records(db)[0]
    cycles = bitserial.compile(TEXT, target=cpu).cost()["functions"][0]["cycles"]
    # At 1 GHz. A trial has constant weights, which need not be packed.
    assert 0 < best["seconds"] <= first["seconds"] < cycles * 1e-9
    module = bitserial.compile(TEXT, target=cpu, tuning_db=db)
    assert any("(tuned" in r.message for r in module.remarks)


def test_the_protocol(tmp_path):
    """What a runner finds in its directory is what the trial needs."""
    kept = tmp_path / "kept"
    runner = fake_runner(
        tmp_path,
        f"import shutil; shutil.copytree(d, {str(kept)!r}, dirs_exist_ok=True)\n"
        "sys.exit('enough')\n",
    )
    db = tmp_path / "records.jsonl"
    tune.tune(TEXT, db, target="haswell", trials=1, runner=runner)
    assert errors_of(db) == ["enough"]
    job = json.loads((kept / "job.json").read_text())
    assert job["target"] == "haswell" and job["function"] == "trial"
    assert job["threads"] == 1
    assert job["inputs"] == [{"file": "input0.bin", "dtype": "int8", "shape": [8, 96]}]
    assert job["outputs"] == [{"file": "output0.bin", "dtype": "int32", "shape": [8, 32]}]
    x = np.fromfile(kept / "input0.bin", np.int8)
    assert x.shape == (8 * 96,) and set(x) == {0, 1, 2, 3}
    (name,) = job["objects"]
    assert (kept / name).read_bytes()[:4] == b"\x7fELF"
    # The object file can be made again.
    again = bitserial.compile(
        kept / "trial.mlir", target="haswell", tuning_db=kept / "trial0.jsonl"
    )
    assert again.object == (kept / name).read_bytes()


@pytest.mark.parametrize(
    "body, error",
    [
        ("sys.exit(3)", "the runner's exit code is 3"),
        ("time.sleep(60)", "took longer than 1 s"),
        ("pass", "result.json"),
        ("(d / 'result.json').write_text('{\"seconds\": []}')", "the runner measured []"),
        ("(d / 'result.json').write_text('{\"seconds\": [NaN]}')", "the runner measured [nan]"),
        ("(d / 'result.json').write_text('fast')", "result.json is not"),
        ("(d / 'result.json').write_text('{\"seconds\": [1]}')", "has not written output0.bin"),
        (
            "(d / 'result.json').write_text('{\"seconds\": [1]}')\n"
            "(d / 'output0.bin').write_bytes(bytes(8 * 32 * 4))",
            "the result is wrong",
        ),
    ],
)
def test_a_runner_that_fails(tmp_path, body, error):
    db = tmp_path / "records.jsonl"
    runner = fake_runner(tmp_path, body)
    tune.tune(TEXT, db, target="haswell", trials=1, runner=runner, timeout=1.0)
    (message,) = errors_of(db)
    assert error in message


def test_a_runner_learns_of_threads(tmp_path):
    runner = fake_runner(
        tmp_path, "sys.exit('threads: %d' % json.loads((d / 'job.json').read_text())['threads'])"
    )
    db = tmp_path / "records.jsonl"
    tune.tune(TEXT, db, target="haswell", trials=1, runner=runner, threads=3)
    assert errors_of(db) == ["threads: 3"]
    # The model of time knows one alone.
    tune.tune(TEXT, db, target="haswell", trials=1, runner=SIMULATE, threads=3)
    assert errors_of(db)[1] == "times are modelled for one thread, not 3"


def test_simulate_explains_itself(tmp_path):
    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "bitserial.tune.simulate", *arguments],
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stderr

    assert run()[0] == 2 and "DIRECTORY" in run()[1]
    code, message = run(str(tmp_path))
    assert code == 1 and "job.json" in message


# ----------------------------------------------------------------------------
# Dask
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    cpu = tune.space(TEXT)[0]["target"]
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        resources={cpu: 1},
    ) as cluster:
        yield cluster


def test_trials_on_a_cluster(tmp_path, cluster):
    db = tmp_path / "records.jsonl"
    (best,) = tune.tune(TEXT, db, trials=4, rounds=1, scheduler=cluster.scheduler_address)
    records = tune.read_records(db)
    assert not any("error" in r for r in records)
    assert len({json.dumps(r["knobs"], sort_keys=True) for r in records}) == 4
    assert records[0]["is_default"] and best["seconds"] > 0


def test_no_worker_with_this_cpu(tmp_path, cluster):
    with pytest.raises(ValueError, match="announces the CPU 'cortex-a53'.*there are "):
        tune.tune(
            TEXT, tmp_path / "db", target="cortex-a53", scheduler=cluster.scheduler_address
        )


def test_without_distributed(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r"pip install 'bitserial\[dask\]'"):
        _runners.DaskRunner("tcp://localhost:1", "haswell")
