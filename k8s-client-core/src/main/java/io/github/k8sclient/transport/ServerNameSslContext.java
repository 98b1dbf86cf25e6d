package io.github.k8sclient.transport;

import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * An {@link SslContext} that asks for and checks one given server name instead of the
 * host that is connected to.
 */
final class ServerNameSslContext extends SslContext {

	private final SslContext delegate;

	private final @Nullable String serverName;

	ServerNameSslContext(SslContext delegate, @Nullable String serverName) {
		this.delegate = delegate;
		this.serverName = serverName;
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
		return this.delegate.newEngine(alloc);
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator alloc, String peerHost, int peerPort) {
		String name = (this.serverName != null) ? this.serverName : peerHost;
		SSLEngine engine = this.delegate.newEngine(alloc, name, peerPort);
		SNIHostName sni = sni(name);
		if (sni != null) {
			SSLParameters parameters = engine.getSSLParameters();
			parameters.setServerNames(List.of(sni));
			engine.setSSLParameters(parameters);
		}
		return engine;
	}

	/**
	 * Return the name to send. The JDK sends none for names without a dot, which names of
	 * services in a cluster often are.
	 */
	private static @Nullable SNIHostName sni(String name) {
		if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
			return null;
		}
		try {
			return new SNIHostName(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
		}
		catch (IllegalArgumentException ex) {
			// Not a name of DNS, such as one with an underscore
			return null;
		}
	}

	@Override
	public SSLSessionContext sessionContext() {
		return this.delegate.sessionContext();
	}

}
