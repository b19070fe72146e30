// The upstream passes and the dialect are registered in bitserial-opt.

// RUN: bitserial-opt --help | FileCheck %s --check-prefix=HELP
// RUN: bitserial-opt --show-dialects | FileCheck %s --check-prefix=DIALECTS

// HELP: OVERVIEW: bitserial optimizer driver
// HELP: --one-shot-bufferize

// DIALECTS: Available Dialects: {{.*}}bitserial{{.*}}transform
