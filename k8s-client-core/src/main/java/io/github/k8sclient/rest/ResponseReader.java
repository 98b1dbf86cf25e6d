package io.github.k8sclient.rest;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads a response.
 *
 * @param <T> the type of what is read
 */
@FunctionalInterface
interface ResponseReader<T> {

	/**
	 * Read the body of a response that is a success.
	 */
	Publisher<T> read(ClientResponse response);

	/**
	 * Make what is wanted of a response that is no success, and whose body has been read.
	 */
	default Publisher<T> refused(ClientResponse response, Throwable failure) {
		return Mono.error(failure);
	}

}
