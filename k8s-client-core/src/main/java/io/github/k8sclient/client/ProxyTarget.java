package io.github.k8sclient.client;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the API server passes a request on to: a pod, service or node, one of its ports,
 * and the protocol that is spoken there.
 *
 * <pre class="code">
 * ProxyTarget.of("web")
 * ProxyTarget.of("web").withPort(8443).withScheme("https")
 * </pre>
 *
 * @param name name of the object
 * @param port number or, for services, name of the port; {@code null} for the only port
 * of a service, port 80 of a pod, and that of a node's kubelet
 * @param scheme {@code http} or {@code https}; {@code null} for http, and for what a
 * node's kubelet speaks
 * @since 0.1.0
 */
public record ProxyTarget(String name, @Nullable String port, @Nullable String scheme) {

	/**
	 * Create a target.
	 * @param name name of the object
	 * @param port number or name of the port, or {@code null}
	 * @param scheme {@code http}, {@code https} or {@code null}
	 */
	public ProxyTarget {
		Assert.hasText(name, "'name' must not be empty");
	}

	/**
	 * Name an object.
	 * @param name name of the object
	 * @return a target
	 */
	public static ProxyTarget of(String name) {
		return new ProxyTarget(name, null, null);
	}

	/**
	 * Choose a port by its number.
	 * @param port number of the port
	 * @return a new target
	 */
	public ProxyTarget withPort(int port) {
		return withPort(Integer.toString(port));
	}

	/**
	 * Choose a port of a service by its name, or any port by its number.
	 * @param port name or number of the port
	 * @return a new target
	 */
	public ProxyTarget withPort(String port) {
		return new ProxyTarget(this.name, port, this.scheme);
	}

	/**
	 * Choose the protocol.
	 * @param scheme {@code http} or {@code https}
	 * @return a new target
	 */
	public ProxyTarget withScheme(String scheme) {
		return new ProxyTarget(this.name, this.port, scheme);
	}

	/**
	 * Return the target as it stands in the path of a request: {@code scheme:name:port}
	 * without what is not set, as client-go's {@code net.JoinSchemeNamePort} joins it.
	 * @return for example {@code https:web:8443} or {@code web:8080}
	 */
	@Override
	public String toString() {
		String port = (this.port != null) ? this.port : "";
		if (this.scheme != null) {
			return this.scheme + ":" + this.name + ":" + port;
		}
		return port.isEmpty() ? this.name : this.name + ":" + port;
	}

}
