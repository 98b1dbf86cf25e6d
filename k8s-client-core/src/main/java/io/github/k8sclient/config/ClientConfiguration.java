package io.github.k8sclient.config;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Everything that a client needs to know to talk to one API server as one user; what
 * {@code rest.Config} is to client-go. Immutable. Made by a
 * {@link ClientConfigurationLoader} from a kubeconfig file or a service account, or by
 * hand with a {@link #builder() builder}. {@code toString} shows no secret.
 *
 * @since 0.1.0
 */
public final class ClientConfiguration {

	private static final String DEFAULT_NAMESPACE = "default";

	private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(30);

	// The API server itself gives up on an ordinary request after 60 seconds
	private static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(70);

	private static final Duration DEFAULT_EXEC_TIMEOUT = Duration.ofMinutes(2);

	private static final int DEFAULT_BURST = 10;

	private final URI server;

	private final String namespace;

	private final @Nullable String context;

	private final String source;

	private final TlsConfiguration tls;

	private final Credentials credentials;

	private final ExecPolicy execPolicy;

	private final Duration execTimeout;

	private final @Nullable Impersonation impersonation;

	/** Asks for a proxy, {@code null} when one has been chosen. */
	private final @Nullable ProxyEnvironment proxies;

	private final @Nullable URI proxy;

	private final boolean compression;

	private final Duration connectTimeout;

	private final Duration responseTimeout;

	private final String userAgent;

	private final ContentTypePreference contentType;

	private final float qps;

	private final int burst;

	private ClientConfiguration(Builder builder) {
		Assert.state(builder.server != null, "'server' must be set");
		this.server = builder.server;
		this.namespace = builder.namespace;
		this.context = builder.context;
		this.source = builder.source;
		this.tls = builder.tls;
		this.credentials = builder.credentials;
		this.execPolicy = builder.execPolicy;
		this.execTimeout = builder.execTimeout;
		this.impersonation = builder.impersonation;
		this.proxies = builder.proxies;
		this.proxy = (this.proxies != null) ? this.proxies.proxyFor(this.server) : builder.proxy;
		this.compression = builder.compression;
		this.connectTimeout = builder.connectTimeout;
		this.responseTimeout = builder.responseTimeout;
		this.userAgent = (builder.userAgent != null) ? builder.userAgent : UserAgent.ofThisProcess();
		this.contentType = builder.contentType;
		this.qps = builder.qps;
		this.burst = builder.burst;
	}

	/**
	 * Return a builder with the defaults.
	 * @return a new builder, which needs a server
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a builder that starts with the values of this configuration.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.server = this.server;
		builder.namespace = this.namespace;
		builder.context = this.context;
		builder.source = this.source;
		builder.tls = this.tls;
		builder.credentials = this.credentials;
		builder.execPolicy = this.execPolicy;
		builder.execTimeout = this.execTimeout;
		builder.impersonation = this.impersonation;
		builder.proxies = this.proxies;
		builder.proxy = this.proxy;
		builder.compression = this.compression;
		builder.connectTimeout = this.connectTimeout;
		builder.responseTimeout = this.responseTimeout;
		builder.userAgent = this.userAgent;
		builder.contentType = this.contentType;
		builder.qps = this.qps;
		builder.burst = this.burst;
		return builder;
	}

	/**
	 * Return the URL of the API server.
	 * @return an absolute http or https URL, whose path (without a slash at its end) is a
	 * prefix of all requests
	 */
	public URI server() {
		return this.server;
	}

	/**
	 * Return the namespace of requests that name none.
	 * @return the namespace, {@code default} unless set
	 */
	public String namespace() {
		return this.namespace;
	}

	/**
	 * Return the context that was chosen.
	 * @return the name of the context, or {@code null} when the configuration does not
	 * come from a context of a kubeconfig
	 */
	public @Nullable String context() {
		return this.context;
	}

	/**
	 * Return where this configuration comes from, for logs, errors and health details.
	 * @return a text such as {@code kubeconfig /home/joe/.kube/config, context prod}
	 */
	public String source() {
		return this.source;
	}

	/**
	 * Return what makes connections safe. Of no use for an http server.
	 * @return the TLS configuration
	 */
	public TlsConfiguration tls() {
		return this.tls;
	}

	/**
	 * Return how the client proves who it is. Never sent to an http server.
	 * @return the credentials
	 */
	public Credentials credentials() {
		return this.credentials;
	}

	/**
	 * Return which credential plugins may be run.
	 * @return the policy, to run all of them unless set
	 */
	public ExecPolicy execPolicy() {
		return this.execPolicy;
	}

	/**
	 * Return how long a credential plugin may take before it is killed.
	 * @return the timeout, 2 minutes unless set
	 */
	public Duration execTimeout() {
		return this.execTimeout;
	}

	/**
	 * Return as whom requests are made.
	 * @return the user to impersonate, or {@code null} for none
	 */
	public @Nullable Impersonation impersonation() {
		return this.impersonation;
	}

	/**
	 * Return the proxy in front of the API server.
	 * @return an http, https or socks5 URL, possibly with user and password, or
	 * {@code null} for a direct connection
	 */
	public @Nullable URI proxy() {
		return this.proxy;
	}

	/**
	 * Return whether compressed answers are asked for.
	 * @return {@code true} unless turned off
	 */
	public boolean compression() {
		return this.compression;
	}

	/**
	 * Return how long connecting to the server may take.
	 * @return the timeout, 30 seconds unless set
	 */
	public Duration connectTimeout() {
		return this.connectTimeout;
	}

	/**
	 * Return how long the server may be silent while it owes an answer. Watches and other
	 * endless answers are not subject to it.
	 * @return the timeout, 70 seconds unless set, zero for none
	 */
	public Duration responseTimeout() {
		return this.responseTimeout;
	}

	/**
	 * Return the value of the {@code User-Agent} header.
	 * @return the user agent
	 */
	public String userAgent() {
		return this.userAgent;
	}

	/**
	 * Return how objects of the built-in kinds travel.
	 * @return the preferred content type, protobuf unless set
	 */
	public ContentTypePreference contentType() {
		return this.contentType;
	}

	/**
	 * Return how many requests per second the client makes in the long run, watches not
	 * counted. API servers protect themselves by priority and fairness, so there is no
	 * limit unless one is set.
	 * @return the rate; zero or less for no limit
	 */
	public float qps() {
		return this.qps;
	}

	/**
	 * Return how many requests the client makes at once before the rate holds it back.
	 * @return the number of requests, 10 unless set
	 */
	public int burst() {
		return this.burst;
	}

	@Override
	public String toString() {
		return "ClientConfiguration[server=" + this.server + ", namespace=" + this.namespace + ", source=" + this.source
				+ ", credentials=" + this.credentials + ", tls=" + this.tls + ", impersonation=" + this.impersonation
				+ ", proxy=" + ServerUrl.redact(this.proxy) + "]";
	}

	/**
	 * Builds a {@link ClientConfiguration}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private @Nullable URI server;

		private String namespace = DEFAULT_NAMESPACE;

		private @Nullable String context;

		private String source = "application";

		private TlsConfiguration tls = TlsConfiguration.defaults();

		private Credentials credentials = Credentials.none();

		private ExecPolicy execPolicy = ExecPolicy.allowAll();

		private Duration execTimeout = DEFAULT_EXEC_TIMEOUT;

		private @Nullable Impersonation impersonation;

		private @Nullable ProxyEnvironment proxies = new ProxyEnvironment(System.getenv());

		private @Nullable URI proxy;

		private boolean compression = true;

		private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;

		private Duration responseTimeout = DEFAULT_RESPONSE_TIMEOUT;

		private @Nullable String userAgent;

		private ContentTypePreference contentType = ContentTypePreference.PROTOBUF;

		private float qps;

		private int burst = DEFAULT_BURST;

		private Builder() {
		}

		/**
		 * Set the URL of the API server. Query and fragment are dropped.
		 * @param server an absolute http or https URL without user information
		 * @return this builder
		 * @throws IllegalArgumentException if it is not such a URL
		 */
		public Builder server(URI server) {
			this.server = ServerUrl.normalize(server);
			return this;
		}

		/**
		 * Set the namespace of requests that name none.
		 * @param namespace the namespace, not empty
		 * @return this builder
		 */
		public Builder namespace(String namespace) {
			Assert.hasText(namespace, "'namespace' must not be empty");
			this.namespace = namespace;
			return this;
		}

		/**
		 * Set the name of the context that the values come from.
		 * @param context the context, {@code null} for none
		 * @return this builder
		 */
		public Builder context(@Nullable String context) {
			this.context = context;
			return this;
		}

		/**
		 * Set where the values come from.
		 * @param source a text for logs and errors, without secrets
		 * @return this builder
		 */
		public Builder source(String source) {
			Assert.hasText(source, "'source' must not be empty");
			this.source = source;
			return this;
		}

		/**
		 * Set what makes connections safe.
		 * @param tls the TLS configuration
		 * @return this builder
		 */
		public Builder tls(TlsConfiguration tls) {
			Assert.notNull(tls, "'tls' must not be null");
			this.tls = tls;
			return this;
		}

		/**
		 * Set how the client proves who it is.
		 * @param credentials the credentials
		 * @return this builder
		 */
		public Builder credentials(Credentials credentials) {
			Assert.notNull(credentials, "'credentials' must not be null");
			this.credentials = credentials;
			return this;
		}

		/**
		 * Set which credential plugins may be run.
		 * @param execPolicy the policy
		 * @return this builder
		 */
		public Builder execPolicy(ExecPolicy execPolicy) {
			Assert.notNull(execPolicy, "'execPolicy' must not be null");
			this.execPolicy = execPolicy;
			return this;
		}

		/**
		 * Set how long a credential plugin may take before it is killed.
		 * @param execTimeout the timeout, positive
		 * @return this builder
		 */
		public Builder execTimeout(Duration execTimeout) {
			Assert.isTrue(execTimeout.toMillis() > 0, "'execTimeout' must be positive");
			this.execTimeout = execTimeout;
			return this;
		}

		/**
		 * Set as whom requests are made.
		 * @param impersonation the user to impersonate, {@code null} for none
		 * @return this builder
		 */
		public Builder impersonation(@Nullable Impersonation impersonation) {
			this.impersonation = impersonation;
			return this;
		}

		/**
		 * Set the proxy in front of the API server. Without a call, it is the one that
		 * the environment variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and
		 * {@code NO_PROXY} of this process ask for, as in client-go.
		 * @param proxy an http, https or socks5 URL, {@code null} for a direct connection
		 * @return this builder
		 * @throws IllegalArgumentException if it is not such a URL
		 */
		public Builder proxy(@Nullable URI proxy) {
			this.proxy = (proxy != null) ? ServerUrl.requireProxy(proxy) : null;
			this.proxies = null;
			return this;
		}

		/**
		 * Set the environment that may ask for a proxy.
		 */
		Builder proxies(ProxyEnvironment proxies) {
			this.proxies = proxies;
			return this;
		}

		/**
		 * Set whether to ask for compressed answers.
		 * @param compression {@code false} to save processor time at the cost of
		 * bandwidth
		 * @return this builder
		 */
		public Builder compression(boolean compression) {
			this.compression = compression;
			return this;
		}

		/**
		 * Set how long connecting to the server may take.
		 * @param connectTimeout the timeout, positive
		 * @return this builder
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			Assert.isTrue(connectTimeout.toMillis() > 0, "'connectTimeout' must be positive");
			this.connectTimeout = connectTimeout;
			return this;
		}

		/**
		 * Set how long the server may be silent while it owes an answer.
		 * @param responseTimeout the timeout, zero for none
		 * @return this builder
		 */
		public Builder responseTimeout(Duration responseTimeout) {
			Assert.isTrue(!responseTimeout.isNegative(), "'responseTimeout' must not be negative");
			this.responseTimeout = responseTimeout;
			return this;
		}

		/**
		 * Set the value of the {@code User-Agent} header.
		 * @param userAgent the user agent, {@code null} for one made from the name of the
		 * program
		 * @return this builder
		 * @see UserAgent#of(String, String)
		 */
		public Builder userAgent(@Nullable String userAgent) {
			this.userAgent = StringUtils.hasText(userAgent) ? userAgent : null;
			return this;
		}

		/**
		 * Set how objects of the built-in kinds travel.
		 * @param contentType the preferred content type
		 * @return this builder
		 */
		public Builder contentType(ContentTypePreference contentType) {
			Assert.notNull(contentType, "'contentType' must not be null");
			this.contentType = contentType;
			return this;
		}

		/**
		 * Set how many requests per second the client makes in the long run. client-go
		 * sets 5 where a program says nothing.
		 * @param qps the rate; zero or less for no limit, which is the default
		 * @return this builder
		 */
		public Builder qps(float qps) {
			this.qps = qps;
			return this;
		}

		/**
		 * Set how many requests the client makes at once before the rate holds it back.
		 * @param burst the number of requests, positive
		 * @return this builder
		 */
		public Builder burst(int burst) {
			Assert.isTrue(burst > 0, "'burst' must be positive");
			this.burst = burst;
			return this;
		}

		/**
		 * Build the configuration.
		 * @return the configuration
		 * @throws IllegalStateException if no server is set
		 * @throws ConfigurationException if the environment asks for a proxy that is none
		 */
		public ClientConfiguration build() {
			return new ClientConfiguration(this);
		}

	}

}
