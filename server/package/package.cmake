# The installed files, and the packages made of them: a .deb and a .tar.gz of the static program (`./dev package`).
set(package ${CMAKE_CURRENT_LIST_DIR})
set(documents share/doc/personalize-local)

install(TARGETS personalize-local RUNTIME DESTINATION bin)
install(FILES ${package}/personalize-local.1 DESTINATION share/man/man1)
install(FILES ${package}/personalize-local.service DESTINATION lib/systemd/system)
install(FILES ${package}/completions/bash/personalize-local DESTINATION share/bash-completion/completions)
install(FILES README.md DESTINATION ${documents})
file(GLOB pages CONFIGURE_DEPENDS docs/*.md docs/*.png)
install(FILES ${pages} DESTINATION ${documents}/docs)
file(GLOB examples CONFIGURE_DEPENDS fixtures/*.json)
install(FILES ${examples} DESTINATION ${documents}/examples)
install(FILES ${CMAKE_BINARY_DIR}/NOTICES DESTINATION ${documents})

# Files whose place is different in the .deb and in the archive. An installation without a package is like the archive.
install(FILES LICENSE DESTINATION ${documents} COMPONENT archive)
install(FILES ${package}/personalize-local.default DESTINATION etc/default RENAME personalize-local COMPONENT archive)
install(FILES ${package}/completions/zsh/_personalize-local DESTINATION share/zsh/site-functions COMPONENT archive)
install(FILES ${package}/debian/copyright ${package}/debian/changelog DESTINATION ${documents}
    COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES ${package}/debian/lintian-overrides DESTINATION share/lintian/overrides RENAME personalize-local
    COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES ${package}/completions/zsh/_personalize-local DESTINATION share/zsh/vendor-completions
    COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES ${package}/personalize-local.default DESTINATION default RENAME personalize-local
    COMPONENT debian_etc EXCLUDE_FROM_ALL)

if(NOT PLOCAL_STATIC)
    return() # any other build needs the libraries of this machine
endif()
include(${package}/architecture.cmake)
plocal_debian_architecture(architecture)
if(NOT architecture)
    message(WARNING "Debian has no name for the processor ${CMAKE_SYSTEM_PROCESSOR}: packages are left out")
    return()
endif()

set(PLOCAL_PACKAGE_MAINTAINER "The personalize-local authors <nobody@personalize-local.invalid>" CACHE STRING
    "The maintainer of the .deb: a name and an address")

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGE_FILE_NAME personalize-local-${PROJECT_VERSION}-linux-${architecture})
set(CPACK_PACKAGE_CONTACT ${PLOCAL_PACKAGE_MAINTAINER})
set(CPACK_PROJECT_CONFIG_FILE ${package}/layout.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${package}/stage.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${package}/archive.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${architecture})
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "local Amazon Personalize for test suites")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A server that speaks the wire protocol of Amazon Personalize, for unchanged
SDKs and the AWS CLI. Jobs pass through their statuses in seconds or when a
test says so. Fixtures are the resources at the start, and rules make requests
fail. Recommendations come from simple models of the rows of datasets.
.
The systemd service is not enabled and not started by the installation.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${package}/debian/conffiles ${package}/debian/postinst ${package}/debian/prerm ${package}/debian/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /)
include(CPack)
