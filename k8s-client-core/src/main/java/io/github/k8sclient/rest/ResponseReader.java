package io.github.k8sclient.rest;

import org.reactivestreams.Publisher;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads the body of a successful response.
 *
 * @param <T> the type of what is read
 */
@FunctionalInterface
interface ResponseReader<T> {

	Publisher<T> read(ClientResponse response);

}
