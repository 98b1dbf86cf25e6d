/**
 * Requests to the API server: paths, options, content negotiation, retries and errors, on
 * Spring's {@code WebClient}.
 */
@NullMarked
package io.github.k8sclient.rest;

import org.jspecify.annotations.NullMarked;
