# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# cmake -DOUTPUT=out.inc -DROOT=dir -DLIST=list.cmake -P EmbedText.cmake
# Writes C++ initialisers {"name", "text"}, one for each file of the variable
# FILES that list.cmake sets, in the order of their paths. Names are relative to
# ROOT.

include("${LIST}")

set(text "")
list(SORT FILES)
foreach(file ${FILES})
  file(RELATIVE_PATH name "${ROOT}" "${file}")
  file(READ "${file}" content)
  # Pieces, since compilers need not accept literals over 65536 characters.
  string(LENGTH "${content}" length)
  set(literals "")
  set(start 0)
  while(start LESS length)
    string(SUBSTRING "${content}" ${start} 8000 piece)
    string(APPEND literals " R\"isa(${piece})isa\"")
    math(EXPR start "${start} + 8000")
  endwhile()
  string(APPEND text "{\"${name}\",${literals}},\n")
endforeach()
file(WRITE "${OUTPUT}" "${text}")
