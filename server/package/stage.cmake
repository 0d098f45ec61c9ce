# CPack runs this before packing. The same files make the same bytes, for any user and at any time.
file(REAL_PATH "${CPACK_TEMPORARY_DIRECTORY}" stage)
if(CPACK_GENERATOR STREQUAL DEB)
    set(documents ${stage}/usr/share/doc/personalize-local)
    execute_process(COMMAND gzip -9n ${stage}/usr/share/man/man1/personalize-local.1 ${documents}/changelog
        COMMAND_ERROR_IS_FATAL ANY)
endif()
set(program -path */bin/personalize-local)
foreach(step
    "-type;d;-exec;chmod;755" "-type;f;!;${program};-exec;chmod;644" "-type;f;${program};-exec;chmod;755"
    "-depth;-exec;touch;-h;-d;@$ENV{SOURCE_DATE_EPOCH}")
    execute_process(COMMAND find ${stage} ${step} {} + COMMAND_ERROR_IS_FATAL ANY)
endforeach()
