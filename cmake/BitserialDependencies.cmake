# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What is looked for on the machine: Python, MLIR and LLVM, oneDNN.

# The project's own virtual environment first: `python3` on PATH may be another
# interpreter than the one whose headers and packages are installed.
if(NOT Python3_EXECUTABLE)
  foreach(python "${PROJECT_SOURCE_DIR}/.venv/bin/python" /usr/bin/python3)
    if(EXISTS "${python}")
      set(Python3_EXECUTABLE "${python}" CACHE FILEPATH "Python interpreter")
      break()
    endif()
  endforeach()
endif()
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)

# 22 is what the code is written against; MLIR's C++ API is not stable.
find_package(MLIR REQUIRED CONFIG)
message(STATUS "Using MLIR ${LLVM_PACKAGE_VERSION} in ${MLIR_DIR}")
if(NOT LLVM_VERSION_MAJOR EQUAL 22)
  message(FATAL_ERROR "bitserial needs LLVM 22, found ${LLVM_PACKAGE_VERSION}")
endif()
list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")

# bitserial links the shared MLIR and LLVM and nothing else of theirs: a static
# MLIR library beside the shared one would bring a second copy of its globals.
set(MLIR_LINK_MLIR_DYLIB ON)

if(BITSERIAL_ENABLE_BENCHMARKS)
  # Not oneDNN's own CMake configuration: Debian's wants the OpenCL headers,
  # which nothing here includes.
  find_path(BITSERIAL_DNNL_INCLUDE_DIR oneapi/dnnl/dnnl.hpp)
  find_library(BITSERIAL_DNNL_LIBRARY dnnl)
  mark_as_advanced(BITSERIAL_DNNL_INCLUDE_DIR BITSERIAL_DNNL_LIBRARY)
  if(BITSERIAL_DNNL_INCLUDE_DIR AND BITSERIAL_DNNL_LIBRARY)
    add_library(DNNL::dnnl UNKNOWN IMPORTED)
    set_target_properties(DNNL::dnnl PROPERTIES
      IMPORTED_LOCATION "${BITSERIAL_DNNL_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${BITSERIAL_DNNL_INCLUDE_DIR}")
  elseif(BITSERIAL_ENABLE_BENCHMARKS STREQUAL "AUTO")
    message(STATUS "oneDNN not found: no benchmarks against it")
    set(BITSERIAL_ENABLE_BENCHMARKS OFF)
  else()
    message(FATAL_ERROR "BITSERIAL_ENABLE_BENCHMARKS needs oneDNN "
      "(package libdnnl-dev), which was not found")
  endif()
endif()

if(BITSERIAL_ENABLE_Z3)
  # The library that libLLVM itself loads, not another copy.
  find_path(BITSERIAL_Z3_INCLUDE_DIR z3++.h PATH_SUFFIXES z3)
  find_library(BITSERIAL_Z3_LIBRARY z3)
  mark_as_advanced(BITSERIAL_Z3_INCLUDE_DIR BITSERIAL_Z3_LIBRARY)
  if(BITSERIAL_Z3_INCLUDE_DIR AND BITSERIAL_Z3_LIBRARY)
    add_library(Z3::z3 UNKNOWN IMPORTED)
    set_target_properties(Z3::z3 PROPERTIES
      IMPORTED_LOCATION "${BITSERIAL_Z3_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${BITSERIAL_Z3_INCLUDE_DIR}")
  elseif(BITSERIAL_ENABLE_Z3 STREQUAL "AUTO")
    message(STATUS "Z3 not found: synthesis uses the shipped kernels only")
    set(BITSERIAL_ENABLE_Z3 OFF)
  else()
    message(FATAL_ERROR "BITSERIAL_ENABLE_Z3 needs Z3 (package libz3-dev), "
      "which was not found")
  endif()
endif()
