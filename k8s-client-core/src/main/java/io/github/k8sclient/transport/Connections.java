package io.github.k8sclient.transport;

import java.util.List;

import io.netty.channel.group.ChannelGroup;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Connections that are made with the same certificates, in two pools: one for requests
 * that have an end, and one for watches, WebSockets and other endless answers.
 */
final class Connections {

	private final HttpClient httpClient;

	private final HttpClient watchHttpClient;

	private final ClientHttpConnector connector;

	private final ClientHttpConnector watchConnector;

	private final ClientHttpConnector webSocketConnector;

	private final List<ConnectionProvider> owned;

	private final ChannelGroup channels;

	/**
	 * Create connections.
	 * @param httpClient client for requests that have an end
	 * @param connector makes requests with this client
	 * @param watchHttpClient client for watches
	 * @param watchConnector makes requests with this client
	 * @param webSocketConnector opens WebSockets
	 * @param owned pools to close
	 * @param channels what the clients have opened
	 */
	Connections(HttpClient httpClient, ClientHttpConnector connector, HttpClient watchHttpClient,
			ClientHttpConnector watchConnector, ClientHttpConnector webSocketConnector, List<ConnectionProvider> owned,
			ChannelGroup channels) {
		this.httpClient = httpClient;
		this.watchHttpClient = watchHttpClient;
		this.connector = connector;
		this.watchConnector = watchConnector;
		this.webSocketConnector = webSocketConnector;
		this.owned = List.copyOf(owned);
		this.channels = channels;
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

	ClientHttpConnector webSocketConnector() {
		return this.webSocketConnector;
	}

	/**
	 * Close all connections, those in use, too, and the pools, but for those that
	 * somebody else has supplied.
	 */
	Mono<Void> close() {
		// Pools do not close HTTP/1.1 connections that are in use
		return Mono.whenDelayError(this.owned.stream().map(ConnectionProvider::disposeLater).toList())
			.then(Mono.defer(() -> FutureMono.from(this.channels.close())));
	}

}
