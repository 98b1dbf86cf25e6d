package io.github.k8sclient.transport;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;

/**
 * An {@link SslContext} that offers the server nothing but HTTP/1.1, as a WebSocket
 * begins with it.
 */
final class Http11SslContext extends DelegatingSslContext {

	Http11SslContext(SslContext delegate) {
		super(delegate);
	}

	@Override
	protected void initEngine(SSLEngine engine) {
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { ApplicationProtocolNames.HTTP_1_1 });
		engine.setSSLParameters(parameters);
	}

}
