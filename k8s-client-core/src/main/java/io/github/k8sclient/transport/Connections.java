package io.github.k8sclient.transport;

import java.util.List;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * Connections that are made with the same certificates, in two pools: one for requests
 * that have an end, and one for watches and other endless answers.
 */
final class Connections {

	private final HttpClient httpClient;

	private final HttpClient watchHttpClient;

	private final ClientHttpConnector connector;

	private final ClientHttpConnector watchConnector;

	private final List<ConnectionProvider> owned;

	Connections(HttpClient httpClient, HttpClient watchHttpClient, List<ConnectionProvider> owned) {
		this.httpClient = httpClient;
		this.watchHttpClient = watchHttpClient;
		this.connector = new ReactorClientHttpConnector(httpClient);
		this.watchConnector = new ReactorClientHttpConnector(watchHttpClient);
		this.owned = List.copyOf(owned);
	}

	HttpClient httpClient() {
		return this.httpClient;
	}

	HttpClient watchHttpClient() {
		return this.watchHttpClient;
	}

	ClientHttpConnector connector() {
		return this.connector;
	}

	ClientHttpConnector watchConnector() {
		return this.watchConnector;
	}

	/**
	 * Close all connections, used or not, but not those of pools that somebody else has
	 * supplied.
	 */
	Mono<Void> close() {
		return Mono.whenDelayError(this.owned.stream().map(ConnectionProvider::disposeLater).toList());
	}

}
