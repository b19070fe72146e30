# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Compiler and linker options common to all targets.

# Where things are put, under LLVM's names.
set(LLVM_RUNTIME_OUTPUT_INTDIR "${PROJECT_BINARY_DIR}/bin")
set(LLVM_LIBRARY_OUTPUT_INTDIR "${PROJECT_BINARY_DIR}/lib")
set(MLIR_BINARY_DIR "${PROJECT_BINARY_DIR}") # add_mlir_doc writes to docs/
# An installed tool finds libMLIR and libLLVM where it was linked to them.
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)

if(BITSERIAL_ENABLE_WERROR)
  set(LLVM_ENABLE_WERROR ON)
endif()
# With assertions HandleLLVMOptions passes -UNDEBUG. The layout of LLVM's
# classes does not change: that depends on the ABI_BREAKING_CHECKS of LLVM's
# own build.
if(BITSERIAL_ENABLE_ASSERTIONS)
  set(LLVM_ENABLE_ASSERTIONS ON)
endif()

include(TableGen)
include(AddLLVM)
include(AddMLIR)
include(HandleLLVMOptions)

set(LLVM_EXTERNAL_LIT "${LLVM_TOOLS_BINARY_DIR}/lit" CACHE STRING
    "Command that runs lit" FORCE)

separate_arguments(LLVM_DEFINITIONS_LIST NATIVE_COMMAND "${LLVM_DEFINITIONS}")
add_definitions(${LLVM_DEFINITIONS_LIST})
include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
include_directories("${PROJECT_SOURCE_DIR}/include"
                    "${PROJECT_BINARY_DIR}/include")

if(BITSERIAL_USE_SANITIZERS)
  # libMLIR and libLLVM are not instrumented, so calls through their function
  # pointers and casts of their objects cannot be checked.
  add_compile_options(-fsanitize=${BITSERIAL_USE_SANITIZERS}
    -fno-sanitize=vptr,function -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BITSERIAL_USE_SANITIZERS})
endif()

if(BITSERIAL_ENABLE_FUZZING)
  # Coverage of bitserial's own code leads the fuzzer; main() stays that of each
  # program.
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()

if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # g++'s precompiled header of these headers takes over 500 MB.
  set(BITSERIAL_ENABLE_PCH OFF)
endif()

if(BITSERIAL_ENABLE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(BITSERIAL_CCACHE ccache)
  if(BITSERIAL_CCACHE)
    # What ccache needs to cache compilations that use a precompiled header,
    # beside -fno-pch-timestamp (see AddBitserial.cmake).
    set(launcher "${CMAKE_COMMAND}" -E env
      "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
      "${BITSERIAL_CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER "${launcher}")
    set(CMAKE_CXX_COMPILER_LAUNCHER "${launcher}")
  endif()
endif()
