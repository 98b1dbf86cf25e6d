/**
 * Requests to the API server: paths, options, content negotiation, retries, rate limit
 * and errors, on Spring's {@code WebClient}.
 * <p>
 * Begin with {@link io.github.k8sclient.rest.RESTClient}. All other clients send their
 * requests by it, so what is set there holds for all of them.
 */
@NullMarked
package io.github.k8sclient.rest;

import org.jspecify.annotations.NullMarked;
