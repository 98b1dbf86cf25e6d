package io.github.k8sclient.transport;

import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;

/**
 * An {@link SslContext} that offers the server nothing but HTTP/1.1, as a WebSocket
 * begins with it.
 */
final class Http11SslContext extends SslContext {

	private final SslContext delegate;

	Http11SslContext(SslContext delegate) {
		this.delegate = delegate;
	}

	@Override
	public boolean isClient() {
		return true;
	}

	@Override
	public List<String> cipherSuites() {
		return this.delegate.cipherSuites();
	}

	@Override
	@SuppressWarnings("deprecation")
	public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
		return this.delegate.applicationProtocolNegotiator();
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator alloc) {
		return http11(this.delegate.newEngine(alloc));
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator alloc, String peerHost, int peerPort) {
		return http11(this.delegate.newEngine(alloc, peerHost, peerPort));
	}

	private static SSLEngine http11(SSLEngine engine) {
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { ApplicationProtocolNames.HTTP_1_1 });
		engine.setSSLParameters(parameters);
		return engine;
	}

	@Override
	public SSLSessionContext sessionContext() {
		return this.delegate.sessionContext();
	}

}
