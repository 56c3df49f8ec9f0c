# SPDX-License-Identifier: GPL-3.0-or-later
# Folder = target = namespace. Sources are the *.cpp and *.h below the calling folder, except the sub-folders named in EXCLUDE.

# naru_add_library(<target> [EXCLUDE dir...] [LINK lib...] [PCH header...])
function(naru_add_library target)
    cmake_parse_arguments(A "" "" "EXCLUDE;LINK;PCH" ${ARGN})
    naru_collect_sources(sources "${A_EXCLUDE}")
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/app ${CMAKE_SOURCE_DIR})
    target_link_libraries(${target} PRIVATE naru_options PUBLIC ${A_LINK})
    if(NARU_PCH AND A_PCH)
        target_precompile_headers(${target} PRIVATE ${A_PCH})
    endif()
endfunction()

function(naru_collect_sources out exclude)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h ${CMAKE_CURRENT_SOURCE_DIR}/*.ui)
    foreach(dir IN LISTS exclude)
        list(FILTER found EXCLUDE REGEX "^${CMAKE_CURRENT_SOURCE_DIR}/${dir}(/|$)")
    endforeach()
    set(${out} ${found} PARENT_SCOPE)
endfunction()

# naru_add_test(<name> SOURCES f... LINK lib... [LABELS l...] [TIMEOUT s]): one QtTest program per class, with a private, quiet environment.
function(naru_add_test name)
    cmake_parse_arguments(A "" "TIMEOUT" "SOURCES;LINK;LABELS;ENV" ${ARGN})
    add_executable(${name} ${A_SOURCES})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${name} PRIVATE naru_options Qt6::Test ${A_LINK})
    # moc alone: AUTOMOC's own step and its second object, for each of so many programs, took a third of a whole build.
    set_target_properties(${name} PROPERTIES AUTOMOC OFF AUTOUIC OFF)
    foreach(source IN LISTS A_SOURCES)
        get_filename_component(class ${source} NAME_WE)
        qt6_generate_moc(${source} ${CMAKE_CURRENT_BINARY_DIR}/moc/${class}.moc TARGET ${name})
        target_sources(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/moc/${class}.moc)
    endforeach()
    target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/moc)
    if(NARU_PCH)
        target_precompile_headers(${name} REUSE_FROM naru_test_pch)
    endif()
    naru_register_test(${name} ${name} "${A_TIMEOUT}" "${A_LABELS}" "${A_ENV}")
endfunction()

# naru_run_again(<name> <suffix> ENV VAR=value...): the same program once more, in another environment.
function(naru_run_again name suffix)
    cmake_parse_arguments(A "" "TIMEOUT" "LABELS;ENV" ${ARGN})
    naru_register_test(${name}_${suffix} ${name} "${A_TIMEOUT}" "${A_LABELS}" "${A_ENV}")
endfunction()

function(naru_register_test name program timeout labels env)
    if(NOT timeout)
        set(timeout 30)
    endif()
    if(CMAKE_CXX_FLAGS MATCHES "-fsanitize=") # everything takes longer under a sanitizer
        math(EXPR timeout "${timeout} * 4")
    endif()
    add_test(NAME ${name} COMMAND ${program})
    set(home ${CMAKE_BINARY_DIR}/test-home/${name})
    file(MAKE_DIRECTORY ${home}/data ${home}/config ${home}/cache ${home}/run)
    # The longest start first, so that none of them runs alone in the end; Qt Test's own limit of five minutes for a function
    # is not shorter than what the program may take.
    set_tests_properties(${name} PROPERTIES TIMEOUT ${timeout} COST ${timeout} LABELS "${labels}" SKIP_RETURN_CODE 77 ENVIRONMENT
        "QT_QPA_PLATFORM=offscreen;QTEST_DISABLE_STACK_DUMP=1;QTEST_FUNCTION_TIMEOUT=${timeout}000;QT_HASH_SEED=0;LANG=C.UTF-8;TZ=UTC;HOME=${home};XDG_DATA_HOME=${home}/data;XDG_CONFIG_HOME=${home}/config;XDG_CACHE_HOME=${home}/cache;NARU_BUILD_DIR=${CMAKE_BINARY_DIR};NARU_SOURCE_DIR=${CMAKE_SOURCE_DIR};${env}")
endfunction()
