# CPack runs this on what it has packed. Its archives bear the name of whoever packs, and their files come in the order
# of the disk: the .tar.gz is packed once more, root's and in order.
if(NOT CPACK_GENERATOR STREQUAL TGZ)
    return()
endif()
file(REAL_PATH "${CPACK_TEMPORARY_DIRECTORY}" stage)
cmake_path(GET stage FILENAME top)
cmake_path(GET stage PARENT_PATH above)
foreach(archive ${CPACK_PACKAGE_FILES})
    execute_process(COMMAND tar --sort=name --format=gnu --owner=root:0 --group=root:0 -C ${above} -c ${top}
        COMMAND gzip -9n OUTPUT_FILE ${archive} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
