# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Functions that declare bitserial's libraries, tools, unit tests and docs.

# All programs; all generated reference pages.
add_custom_target(bitserial-tools)
add_custom_target(bitserial-docs ALL)

# The precompiled header, built once and shared by all targets. Its target goes
# through add_mlir_library like those that use it, so that the compile options
# are the same.
if(BITSERIAL_ENABLE_PCH)
  set(pch_source "${PROJECT_BINARY_DIR}/pch/BitserialPCH.cpp")
  if(NOT EXISTS "${pch_source}")
    file(WRITE "${pch_source}" "// Only here to build the precompiled header.\n")
  endif()
  add_mlir_library(BitserialPCH "${pch_source}"
    PARTIAL_SOURCES_INTENDED EXCLUDE_FROM_LIBMLIR DISABLE_INSTALL)
  # Without a time stamp the header's bytes depend on its content alone, and
  # ccache can answer for it and for the files that use it.
  target_compile_options(BitserialPCH PRIVATE
    "SHELL:-Xclang -fno-pch-timestamp")
  target_precompile_headers(BitserialPCH PRIVATE
    "${PROJECT_SOURCE_DIR}/cmake/BitserialPCH.h")
endif()

# bitserial_use_pch(target): compiles the sources of `target` with the
# precompiled header.
function(bitserial_use_pch target)
  if(BITSERIAL_ENABLE_PCH)
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    target_precompile_headers(${target} REUSE_FROM BitserialPCH)
  endif()
endfunction()

# bitserial_enable_exceptions(files...): compiles these sources of the current
# directory with exceptions. LLVM is built without: none may pass through it.
function(bitserial_enable_exceptions)
  set_source_files_properties(${ARGN} PROPERTIES
    COMPILE_OPTIONS "-fexceptions" SKIP_PRECOMPILE_HEADERS ON)
endfunction()

# add_bitserial_library(name sources... [LINK_LIBS libraries...]
#                       [DEPENDS targets...])
# A static library of bitserial, linked to the shared MLIR and LLVM. LINK_LIBS
# are other libraries of bitserial (or of third parties, never of MLIR).
function(add_bitserial_library name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS;DEPENDS" ${ARGN})
  bitserial_missing_sources(missing ${name} ${ARG_UNPARSED_ARGUMENTS})
  if(missing)
    list(REMOVE_ITEM ARG_UNPARSED_ARGUMENTS ${missing})
  endif()
  if(NOT ARG_UNPARSED_ARGUMENTS) # header only
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ARG_LINK_LIBS} MLIR LLVM)
    return()
  endif()
  add_mlir_library(${name} ${ARG_UNPARSED_ARGUMENTS}
    PARTIAL_SOURCES_INTENDED EXCLUDE_FROM_LIBMLIR DISABLE_INSTALL
    DEPENDS mlir-headers ${ARG_DEPENDS}
    LINK_LIBS PUBLIC ${ARG_LINK_LIBS})
  mlir_target_link_libraries(${name} PUBLIC MLIR)
  bitserial_use_pch(${name})
endfunction()

# add_bitserial_tool(name sources... [LINK_LIBS libraries...])
# A program in bin/. It is part of the build of `bitserial-tools`.
function(add_bitserial_tool name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  add_llvm_executable(${name} ${ARG_UNPARSED_ARGUMENTS}
    PARTIAL_SOURCES_INTENDED)
  add_dependencies(${name} mlir-headers)
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS})
  mlir_target_link_libraries(${name} PRIVATE MLIR)
  bitserial_use_pch(${name})
  add_dependencies(bitserial-tools ${name})
endfunction()

# add_bitserial_unittest(name sources... [LINK_LIBS libraries...])
# A GoogleTest program in unittests/. scripts/check.py runs all of them.
function(add_bitserial_unittest name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  add_llvm_executable(${name} ${ARG_UNPARSED_ARGUMENTS}
    PARTIAL_SOURCES_INTENDED NO_INSTALL_RPATH)
  add_dependencies(${name} mlir-headers)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/unittests")
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS} GTest::gtest_main)
  mlir_target_link_libraries(${name} PRIVATE MLIR)
  bitserial_use_pch(${name})
  add_dependencies(bitserial-unittests ${name})
  set_property(GLOBAL APPEND PROPERTY BITSERIAL_UNITTESTS ${name})
endfunction()

# add_bitserial_doc(td name command options...)
# Generates docs/name.md in the build directory from td.td with the given
# command of mlir-tblgen; part of target `bitserial-docs`.
function(add_bitserial_doc td name command)
  add_mlir_doc(${td} ${name} ./ ${command} ${ARGN})
  add_dependencies(bitserial-docs ${name}DocGen)
endfunction()

# Stop-gap while the first sources are being written: `missing` lists those of
# `sources` that do not exist, and a warning names them.
function(bitserial_missing_sources missing name)
  set(absent)
  foreach(source ${ARGN})
    if(NOT IS_ABSOLUTE "${source}" AND
       NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${source}")
      list(APPEND absent "${source}")
    endif()
  endforeach()
  if(absent)
    message(WARNING "${name}: no such file: ${absent}")
    # Configure again once they are there.
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
      "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  set(${missing} "${absent}" PARENT_SCOPE)
endfunction()

# add_bitserial_python_module(name sources... [LINK_LIBS libraries...])
# An extension module of the Python package, made with nanobind. In the build
# directory python/bitserial/ becomes the whole package (the Python files as
# links), so that PYTHONPATH=<build>/python runs it; in a wheel the module is
# installed into the package.
function(add_bitserial_python_module name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  set(package "${PROJECT_BINARY_DIR}/python/bitserial")
  file(MAKE_DIRECTORY "${package}/tune")
  file(GLOB files CONFIGURE_DEPENDS RELATIVE
    "${PROJECT_SOURCE_DIR}/python/bitserial"
    "${PROJECT_SOURCE_DIR}/python/bitserial/*.py"
    "${PROJECT_SOURCE_DIR}/python/bitserial/tune/*.py"
    "${PROJECT_SOURCE_DIR}/python/bitserial/*.pyi"
    "${PROJECT_SOURCE_DIR}/python/bitserial/py.typed")
  foreach(file ${files})
    file(CREATE_LINK "${PROJECT_SOURCE_DIR}/python/bitserial/${file}"
      "${package}/${file}" SYMBOLIC)
  endforeach()

  bitserial_missing_sources(missing ${name} ${ARG_UNPARSED_ARGUMENTS})
  if(missing)
    return()
  endif()
  set(Python_EXECUTABLE "${Python3_EXECUTABLE}")
  find_package(Python 3.9 REQUIRED COMPONENTS Interpreter Development.Module)
  execute_process(COMMAND "${Python_EXECUTABLE}" -m nanobind --cmake_dir
    OUTPUT_STRIP_TRAILING_WHITESPACE OUTPUT_VARIABLE nanobind_ROOT
    RESULT_VARIABLE status)
  if(status)
    message(FATAL_ERROR "BITSERIAL_ENABLE_PYTHON needs nanobind for "
      "${Python_EXECUTABLE} (scripts/install-deps.sh installs it)")
  endif()
  find_package(nanobind CONFIG REQUIRED)

  # Unlike the libraries, compiled with exceptions: nanobind translates them.
  nanobind_add_module(${name} NB_STATIC ${ARG_UNPARSED_ARGUMENTS})
  add_dependencies(${name} mlir-headers)
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS} MLIR LLVM)
  # The warnings of nanobind's own files are not for us to mend.
  target_compile_options(nanobind-static PRIVATE -w)
  target_include_directories(${name} SYSTEM PRIVATE
    "${NB_DIR}/include" ${Python_INCLUDE_DIRS})

  set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${package}")
  install(TARGETS ${name} LIBRARY DESTINATION bitserial COMPONENT python)
endfunction()
