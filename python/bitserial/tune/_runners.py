# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where trials are made: here, by a command, or on a Dask cluster.

A job is a dict that JSON can hold: "entry" (of the space, without its
candidates), "knobs", "baselines" (knobs to be timed beside them, the default
first), "rounds", "target", "features", "schedule" and "cpu". The outcome has
"seconds" and "baselines", or "error" and nothing else.
"""

from __future__ import annotations

import concurrent.futures
import json
import math
import os
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any, Dict, List, Optional

from .._frontends import _need, compile
from ._measure import Measurements, only_function, random_inputs
from ._space import compile_with, record_of

Job = Dict[str, Any]
Outcome = Dict[str, Any]


def _last_line(text: str, default: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else default


def _seconds_of(path: str) -> List[float]:
    """What a runner has measured."""
    with open(path) as file:
        text = file.read()
    try:
        return [float(s) for s in json.loads(text)["seconds"]]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise RuntimeError(
            'the runner\'s result.json is not {"seconds": [number, ...]}'
        ) from None


class Worker:
    """A process that makes one trial after the other. One that crashes or hangs
    is replaced, and has cost its trial alone."""

    def __init__(self):
        self.child: Optional[subprocess.Popen] = None

    def _start(self) -> None:
        self._errors = os.memfd_create("bitserial-tune")
        self.child = subprocess.Popen(
            [sys.executable, "-m", "bitserial.tune", "--worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            # Ctrl-C is for the tuner, which then ends the worker.
            start_new_session=True,
        )

    def kill(self) -> None:
        """Ends a trial that another thread waits for."""
        child = self.child
        if child is not None:
            child.kill()

    def stop(self) -> None:
        child, self.child = self.child, None
        if child is not None:
            child.kill()
            child.wait()
            child.stdout.close()
            try:
                child.stdin.close()
            except BrokenPipeError:
                pass
            os.close(self._errors)

    def run(self, job: Job, timeout: float) -> Outcome:
        if self.child is None:
            self._start()
        try:
            self.child.stdin.write((json.dumps(job) + "\n").encode())
            self.child.stdin.flush()
            answer = self._read_line(timeout)
        except BrokenPipeError:
            answer = b""
        if answer is None:
            self.stop()
            return {"error": f"took longer than {timeout:.0f} s"}
        if not answer.endswith(b"\n"):
            return {"error": self._why_it_ended()}
        return json.loads(answer)

    def _read_line(self, timeout: float) -> Optional[bytes]:
        """What the worker answers; unfinished if it ended, None if it is late."""
        end = time.monotonic() + timeout
        answer = b""
        stdout = self.child.stdout.fileno()
        while not answer.endswith(b"\n"):
            left = end - time.monotonic()
            if left <= 0 or not select.select([stdout], [], [], left)[0]:
                return None
            part = os.read(stdout, 1 << 16)
            if not part:
                break
            answer += part
        return answer

    def _why_it_ended(self) -> str:
        code = self.child.wait()
        size = os.fstat(self._errors).st_size
        text = os.pread(self._errors, 4096, max(size - 4096, 0)).decode(errors="replace")
        self.stop()
        if code < 0:
            return f"killed by signal {-code}"
        return _last_line(text, f"exit code {code}")


def serve() -> int:
    """The main function of a worker."""
    measurements = Measurements()
    # Whatever else prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        try:
            outcome = measurements.run(json.loads(line))
        except Exception as error:
            outcome = {"error": str(error) or type(error).__name__}
        answers.write(json.dumps(outcome) + "\n")
        answers.flush()
    return 0


class LocalRunner:
    """Trials in a process of their own on this machine, one at a time."""

    capacity = 1

    def __init__(self):
        self.worker = Worker()
        self.pool = concurrent.futures.ThreadPoolExecutor(1)

    def submit(self, job: Job, timeout: float) -> "concurrent.futures.Future":
        return self.pool.submit(self.worker.run, job, timeout)

    def close(self) -> None:
        self.worker.kill()
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.worker.stop()


class DaskRunner:
    """Trials on the workers of an existing Dask cluster that announce the CPU.

    A worker announces its CPU as a resource of that name, of which a trial takes
    one: `dask worker ADDRESS --nthreads 1 --resources znver5=1`.
    """

    def __init__(self, address: str, cpu: str):
        distributed = _need("distributed", "--scheduler")
        self.client = distributed.Client(address, timeout=20, set_as_default=False)
        self.cpu = cpu
        workers = self.client.scheduler_info(n_workers=-1)["workers"].values()
        announced = [name for w in workers for name in w.get("resources") or {}]
        self.capacity = announced.count(cpu)
        if not self.capacity:
            self.client.close()
            raise ValueError(
                f"no worker of {address} announces the CPU '{cpu}' as a resource; "
                + (
                    "there are " + ", ".join(sorted(set(announced)))
                    if announced
                    else "none announces anything"
                )
            )

    def submit(self, job: Job, timeout: float):
        return self.client.submit(
            run_on_worker, job, timeout, resources={self.cpu: 1}, pure=False, retries=0
        )

    def close(self) -> None:
        self.client.close()


class CommandRunner:
    """Trials by a command, which runs them on another machine, say.

    It is called with a directory as its last argument, in which there are

    - job.json: {"target", "features", "function", "rounds", "threads", "inputs":
      [{"file", "dtype", "shape"}, ...], "outputs": [likewise], "objects":
      [file, ...]};
    - the object files, those of the baselines first, the candidate's last. Each
      has the function, by its C interface: pointers to the inputs, then to the
      outputs;
    - the inputs, as they are in memory;
    - trial.mlir and, beside each object file, NAME.jsonl: with this tuning
      database and number of threads the compiler makes the object file of the
      module.

    It writes result.json, {"seconds": [s, ...]}, the time of a call for each
    object file, and the outputs of the candidate. An exit code other than 0, a
    missing file or a wrong output makes the trial a failed one; the last line of
    what it prints to standard error is the reason.
    """

    capacity = 1

    def __init__(self, command: str):
        self.command = shlex.split(command)
        if not self.command or shutil.which(self.command[0]) is None:
            raise ValueError(f"--runner: there is no program '{command}'")
        self.pool = concurrent.futures.ThreadPoolExecutor(1)
        self.child: Optional[subprocess.Popen] = None
        self.expected: Dict[str, Any] = {}

    def submit(self, job: Job, timeout: float) -> "concurrent.futures.Future":
        return self.pool.submit(self._run, job, timeout)

    def close(self) -> None:
        self._kill()
        self.pool.shutdown(wait=True, cancel_futures=True)

    def _kill(self) -> None:
        """Ends the command and what it has begun, which may hold its output."""
        child = self.child
        if child is not None:
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def _run(self, job: Job, timeout: float) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="bitserial-tune-") as directory:
            try:
                expected = self._prepare(job, directory)
                self._call(directory, timeout)
                seconds = _seconds_of(os.path.join(directory, "result.json"))
                if len(seconds) != len(job["baselines"]) + 1 or not all(
                    0 < s < math.inf for s in seconds
                ):
                    raise RuntimeError(f"the runner measured {seconds}")
                for name, value in expected.items():
                    with open(os.path.join(directory, name), "rb") as file:
                        if file.read() != value.tobytes():
                            raise RuntimeError("the result is wrong")
            except subprocess.TimeoutExpired:
                return {"error": f"took longer than {timeout:.0f} s"}
            except FileNotFoundError as error:
                name = os.path.basename(error.filename)
                return {"error": f"the runner has not written {name}"}
            except Exception as error:
                return {"error": str(error) or type(error).__name__}
        return {"seconds": seconds[-1], "baselines": seconds[:-1]}

    def _call(self, directory: str, timeout: float) -> None:
        self.child = subprocess.Popen(
            [*self.command, directory],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            _, errors = self.child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self._kill()
            self.child.communicate()
            raise
        if self.child.returncode:
            raise RuntimeError(
                _last_line(errors, f"the runner's exit code is {self.child.returncode}")
            )

    def _prepare(self, job: Job, directory: str) -> Dict[str, Any]:
        """Fills the directory; returns what the outputs have to be."""

        def write(name: str, content: bytes) -> str:
            with open(os.path.join(directory, name), "wb") as file:
                file.write(content)
            return name

        entry = job["entry"]
        write("trial.mlir", entry["trial"].encode())
        objects = []
        for i, knobs in enumerate([*job["baselines"], job["knobs"]]):
            module = compile_with(
                entry, knobs, job["target"], job["features"], job["schedule"]
            )
            objects.append(write(f"trial{i}.o", module.object))
            text = json.dumps(record_of(entry, knobs)) + "\n"
            write(f"trial{i}.jsonl", text.encode())
        function = only_function(module)
        inputs = random_inputs(function)
        # This machine's own code says what is right.
        if entry["trial"] not in self.expected:
            native = compile(entry["trial"], target="native")
            self.expected = {entry["trial"]: native.functions[function.name](*inputs)}
        outputs = [self.expected[entry["trial"]]]

        def describe(kind, arrays):
            return [
                {
                    "file": f"{kind}{i}.bin",
                    "dtype": str(array.dtype),
                    "shape": list(array.shape),
                }
                for i, array in enumerate(arrays)
            ]

        for i, array in enumerate(inputs):
            write(f"input{i}.bin", array.tobytes())
        description = {
            "target": job["target"],
            "features": job["features"],
            "schedule": job["schedule"],
            "function": function.name,
            "rounds": job["rounds"],
            "threads": entry["threads"],
            "inputs": describe("input", inputs),
            "outputs": describe("output", outputs),
            "objects": objects,
        }
        write("job.json", json.dumps(description, indent=2).encode())
        return {f"output{i}.bin": array for i, array in enumerate(outputs)}


_worker: Optional[Worker] = None


def run_on_worker(job: Job, timeout: float) -> Outcome:
    """A trial in a process beside a worker of Dask."""
    global _worker
    if _worker is None:
        _worker = Worker()
    return _worker.run(job, timeout)


def wait_for_any(futures: List[Any], seconds: float) -> List[Any]:
    """Those of the futures, of Dask or not, that are done; waits for the first
    one, so many seconds at most."""
    end = time.monotonic() + seconds
    while True:
        done = [future for future in futures if future.done()]
        if done or time.monotonic() >= end:
            return done
        time.sleep(0.005)
