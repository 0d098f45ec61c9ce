# The notices of the libraries that are linked into the program, and the texts of the licenses that they name. Debian has
# them beside each package. --licenses prints them, and packages contain them.

# plocal_notices(FILE): writes them.
function(plocal_notices file)
    find_program(AWK awk REQUIRED)
    set(listed "")
    set(arguments "")
    set(missing "")
    set(debian /usr/share/doc)
    # What is beside a library in its sources, by the paths of most projects.
    set(beside "^(debian|tests?|docs?|examples|tools|support|bin|cmake|external|re2/fuzzing|include/msvc_compat)/")
    # notice(NAME LICENSE PACKAGE [ARGUMENT...]): LICENSE as SPDX writes it, arguments for notices.awk.
    macro(notice name license package)
        string(APPEND listed "    ${name}: ${license}\n")
        if(EXISTS ${debian}/${package}/copyright)
            list(APPEND arguments "library=${name}" "without=${beside}" from= until= ${ARGN} ${debian}/${package}/copyright)
        else()
            list(APPEND missing ${name})
        endif()
    endmacro()

    string(REGEX MATCH "^[0-9]+[.][0-9]+" boost "${Boost_VERSION}")
    notice("Boost" BSL-1.0 libboost${boost}-dev "without=^[^*]")
    notice("CLI11" BSD-3-Clause libcli11-dev)
    notice("fmt" MIT libfmt-dev)
    notice("GCC runtime libraries" "GPL-3.0-or-later WITH GCC-exception-3.1" libstdc++6
        "from=^GCC (is Copyright|RUNTIME LIBRARY EXCEPTION)" "until=^(The libbacktrace library|libquadmath)")
    notice("GNU C library" LGPL-2.1-or-later libc6 "from=^[*] " "until=^[*] The utilities associated")
    notice("jemalloc" BSD-2-Clause libjemalloc-dev)
    notice("JSON for Modern C++" MIT nlohmann-json3-dev)
    notice("OpenSSL" Apache-2.0 libssl-dev)
    notice("RE2" BSD-3-Clause libre2-dev)
    notice("spdlog" MIT libspdlog-dev)
    notice("SQLite" blessing libsqlite3-dev)
    # A newer static OpenSSL needs these two.
    get_target_property(links OpenSSL::Crypto INTERFACE_LINK_LIBRARIES)
    if(links MATCHES "ZLIB::|libz[.]|(^|;)z(;|$)")
        notice("zlib" Zlib zlib1g-dev)
    endif()
    if(links MATCHES "zstd")
        notice("zstd" BSD-3-Clause libzstd-dev "without=^(debian|tests|contrib|programs|zlibWrapper)/")
    endif()

    set(notices "")
    if(arguments)
        execute_process(COMMAND ${AWK} -f ${CMAKE_SOURCE_DIR}/server/package/notices.awk ${arguments}
            OUTPUT_VARIABLE notices COMMAND_ERROR_IS_FATAL ANY)
    endif()
    foreach(license LGPL-2.1 GPL-3)
        if(EXISTS /usr/share/common-licenses/${license})
            file(READ /usr/share/common-licenses/${license} text)
            string(APPEND notices "${text}\n")
        else()
            list(APPEND missing ${license})
        endif()
    endforeach()
    if(missing)
        list(JOIN missing ", " missing)
        set(importance STATUS)
        if(PLOCAL_STATIC)
            set(importance WARNING) # others get this program
        endif()
        message(${importance} "No notices were found of ${missing}: --licenses does not have them")
    endif()
    file(READ ${CMAKE_SOURCE_DIR}/LICENSE own)
    file(CONFIGURE OUTPUT ${file} @ONLY CONTENT
"Copyright 2026 The personalize-local authors
Licensed under the Apache License, Version 2.0, whose text is at the end.

This program contains parts of these libraries, each under its own license:

@listed@
@notices@@own@")
endfunction()
