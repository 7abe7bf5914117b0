/* The least that libfcgi can do: read the body, answer a constant. What nginx and FastCGI cost without any work. */

#include <fcgiapp.h>

int main(void) {
    FCGX_Request request;
    char body[1024];
    FCGX_Init();
    FCGX_InitRequest(&request, 0, 0);
    while (FCGX_Accept_r(&request) == 0) {
        while (FCGX_GetStr(body, sizeof body, request.in) > 0) continue;
        FCGX_PutS("Status: 200 OK\r\nContent-Type: application/json\r\n\r\n", request.out);
        FCGX_PutS("{\"valid\":true,\"person_name\":\"hello\"}", request.out);
        FCGX_Finish_r(&request);
    }
    return 0;
}
