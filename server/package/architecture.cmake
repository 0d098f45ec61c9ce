# plocal_debian_architecture(OUT): Debian's name of the target processor, or empty if Debian has no name for it.
function(plocal_debian_architecture out)
    # A 64-bit kernel may run a 32-bit Debian. Only dpkg knows, but only about the machine that builds.
    find_program(DPKG dpkg)
    if(DPKG AND NOT CMAKE_CROSSCOMPILING)
        execute_process(COMMAND ${DPKG} --print-architecture OUTPUT_VARIABLE name OUTPUT_STRIP_TRAILING_WHITESPACE)
        set(${out} "${name}" PARENT_SCOPE)
        return()
    endif()
    set(names
        "x86_64|amd64|AMD64=amd64" "aarch64|arm64=arm64" "armv7.*|armhf=armhf" "i[3-6]86=i386"
        "ppc64le|ppc64el=ppc64el" "riscv64=riscv64" "s390x=s390x" "loongarch64|loong64=loong64")
    set(${out} "" PARENT_SCOPE)
    foreach(entry ${names})
        string(REGEX MATCH "^(.*)=(.*)$" matched "${entry}")
        set(name ${CMAKE_MATCH_2})
        if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(${CMAKE_MATCH_1})$")
            set(${out} ${name} PARENT_SCOPE)
        endif()
    endforeach()
endfunction()
