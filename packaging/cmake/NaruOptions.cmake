# SPDX-License-Identifier: GPL-3.0-or-later
# Language level, warnings and definitions that hold for every target.
option(NARU_BUILD_TESTS "Build the test programs" ON)
option(NARU_FAILPOINTS "Compile failpoints in (test builds)" ON)
option(NARU_WERROR "Treat warnings as errors" OFF)
option(NARU_PCH "Use precompiled headers" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_SKIP_INSTALL_RPATH ON)

add_library(naru_options INTERFACE)
target_compile_options(naru_options INTERFACE -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Wno-missing-field-initializers
    "$<$<CXX_COMPILER_ID:Clang>:-Wshadow;-Wno-gnu-zero-variadic-macro-arguments>")
if(NARU_WERROR)
    target_compile_options(naru_options INTERFACE -Werror)
endif()
target_compile_definitions(naru_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    NARU_VERSION="${PROJECT_VERSION}"
    $<$<BOOL:${NARU_FAILPOINTS}>:NARU_FAILPOINTS>)
