package io.github.k8sclient.test.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the API server in this JVM.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("k8s.client.embedded")
public class EmbeddedApiServerProperties {

	/**
	 * Whether to start an API server in this JVM and to use it instead of a cluster.
	 */
	private boolean enabled;

	/**
	 * Port on the loopback interface. Zero stands for a free one.
	 */
	private int port;

	/**
	 * How often watches that asked for bookmarks get one.
	 */
	private Duration bookmarkInterval = Duration.ofMinutes(1);

	/**
	 * Whether to start an API server in this JVM.
	 * @return true to start one
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Set whether to start an API server in this JVM.
	 * @param enabled true to start one
	 */
	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	/**
	 * The port.
	 * @return the port, zero for a free one
	 */
	public int getPort() {
		return this.port;
	}

	/**
	 * Set the port.
	 * @param port the port, zero for a free one
	 */
	public void setPort(int port) {
		this.port = port;
	}

	/**
	 * The time between two bookmarks.
	 * @return the interval
	 */
	public Duration getBookmarkInterval() {
		return this.bookmarkInterval;
	}

	/**
	 * Set the time between two bookmarks.
	 * @param bookmarkInterval the interval
	 */
	public void setBookmarkInterval(Duration bookmarkInterval) {
		this.bookmarkInterval = bookmarkInterval;
	}

}
