# CPack runs this after packing. An archive of CPack contains the user's name, and its files are in the order of the
# disk. So the .tar.gz is packed again: owned by root, and in order.
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
