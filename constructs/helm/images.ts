/** What asks over HTTP: curl and a shell, and nothing that runs as root. */
export const CURL_IMAGE = "docker.io/curlimages/curl:8.16.0";
