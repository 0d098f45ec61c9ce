# CPack reads this for each kind of package: where its parts go, and which date they have.
list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build)
if(CPACK_GENERATOR STREQUAL DEB)
    set(CPACK_INSTALL_CMAKE_PROJECTS
        ${build} personalize-local Unspecified /usr
        ${build} personalize-local debian /usr
        ${build} personalize-local debian_etc /etc)
else()
    set(CPACK_INSTALL_CMAKE_PROJECTS
        ${build} personalize-local Unspecified /
        ${build} personalize-local archive /)
endif()

# The day of the release, unless the caller sets a time: https://reproducible-builds.org/specs/source-date-epoch/
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
    file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/debian/changelog day REGEX "^ -- " LIMIT_COUNT 1)
    string(REGEX REPLACE "^.*>  " "" day "${day}")
    execute_process(COMMAND date --date ${day} +%s OUTPUT_VARIABLE moment OUTPUT_STRIP_TRAILING_WHITESPACE
        COMMAND_ERROR_IS_FATAL ANY)
    set(ENV{SOURCE_DATE_EPOCH} ${moment})
endif()
