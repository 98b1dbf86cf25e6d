package io.github.k8sclient.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.config.ExecPolicy;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.ListFreshness;
import io.github.k8sclient.informer.OverflowStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the Kubernetes client.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("k8s.client")
public class KubernetesClientProperties {

	/**
	 * Path of the kubeconfig file. If not set, the files that the environment variable
	 * KUBECONFIG lists, ~/.kube/config, or the service account of the pod are used.
	 */
	private @Nullable String kubeconfig;

	/**
	 * Context of the kubeconfig file to use instead of its current one.
	 */
	private @Nullable String context;

	/**
	 * Address of the API server, instead of the one of the kubeconfig file or of the
	 * service account.
	 */
	private @Nullable String masterUrl;

	/**
	 * Default namespace of manifests that DynamicClient applies, instead of the one of
	 * the context or of the service account. Other requests and informers are not
	 * affected by it.
	 */
	private @Nullable String namespace;

	/**
	 * Encoding of built-in kinds on the wire.
	 */
	private ContentTypePreference contentType = ContentTypePreference.PROTOBUF;

	/**
	 * Value of the User-Agent header. If not set, it consists of the name and the version
	 * of the application.
	 */
	private @Nullable String userAgent;

	/**
	 * Maximum time to establish a connection.
	 */
	private Duration connectTimeout = Duration.ofSeconds(30);

	/**
	 * Maximum time without data while a response is expected. Zero for no limit. Does not
	 * apply to watches.
	 */
	private Duration responseTimeout = Duration.ofSeconds(70);

	/**
	 * Maximum time to wait for active requests when the application is shut down. Watches
	 * are ended immediately.
	 */
	private Duration closeTimeout = Duration.ofSeconds(10);

	/**
	 * Maximum average number of requests per second. Zero for no limit. Watches are not
	 * counted.
	 */
	private float qps;

	/**
	 * Maximum number of requests in a burst, before the limit of requests per second
	 * applies.
	 */
	private int burst = 10;

	private final Http2 http2 = new Http2();

	private final Impersonate impersonate = new Impersonate();

	private final Ssl ssl = new Ssl();

	private final Exec exec = new Exec();

	private final Startup startup = new Startup();

	private final Health health = new Health();

	private final LeaderElection leaderElection = new LeaderElection();

	private final InformerDefaults informerDefaults = new InformerDefaults();

	/**
	 * Informers to run, by name. An entry for a kind that a listener asks for replaces
	 * the informer that would otherwise run for that kind.
	 */
	private final Map<String, Informer> informers = new LinkedHashMap<>();

	public @Nullable String getKubeconfig() {
		return this.kubeconfig;
	}

	public void setKubeconfig(@Nullable String kubeconfig) {
		this.kubeconfig = kubeconfig;
	}

	public @Nullable String getContext() {
		return this.context;
	}

	public void setContext(@Nullable String context) {
		this.context = context;
	}

	public @Nullable String getMasterUrl() {
		return this.masterUrl;
	}

	public void setMasterUrl(@Nullable String masterUrl) {
		this.masterUrl = masterUrl;
	}

	public @Nullable String getNamespace() {
		return this.namespace;
	}

	public void setNamespace(@Nullable String namespace) {
		this.namespace = namespace;
	}

	public ContentTypePreference getContentType() {
		return this.contentType;
	}

	public void setContentType(ContentTypePreference contentType) {
		this.contentType = contentType;
	}

	public @Nullable String getUserAgent() {
		return this.userAgent;
	}

	public void setUserAgent(@Nullable String userAgent) {
		this.userAgent = userAgent;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getResponseTimeout() {
		return this.responseTimeout;
	}

	public void setResponseTimeout(Duration responseTimeout) {
		this.responseTimeout = responseTimeout;
	}

	public Duration getCloseTimeout() {
		return this.closeTimeout;
	}

	public void setCloseTimeout(Duration closeTimeout) {
		this.closeTimeout = closeTimeout;
	}

	public float getQps() {
		return this.qps;
	}

	public void setQps(float qps) {
		this.qps = qps;
	}

	public int getBurst() {
		return this.burst;
	}

	public void setBurst(int burst) {
		this.burst = burst;
	}

	public Http2 getHttp2() {
		return this.http2;
	}

	public Impersonate getImpersonate() {
		return this.impersonate;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Exec getExec() {
		return this.exec;
	}

	public Startup getStartup() {
		return this.startup;
	}

	public Health getHealth() {
		return this.health;
	}

	public LeaderElection getLeaderElection() {
		return this.leaderElection;
	}

	public InformerDefaults getInformerDefaults() {
		return this.informerDefaults;
	}

	public Map<String, Informer> getInformers() {
		return this.informers;
	}

	/**
	 * HTTP/2 connections.
	 */
	public static class Http2 {

		/**
		 * Whether to offer HTTP/2 to the API server. Without it, each watch uses a
		 * connection of its own.
		 */
		private boolean enabled = true;

		/**
		 * Time without data from the API server after which a connection is pinged.
		 */
		private Duration pingInterval = Duration.ofSeconds(30);

		/**
		 * Maximum time to wait for the answer to a ping before the connection is closed.
		 */
		private Duration pingTimeout = Duration.ofSeconds(15);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getPingInterval() {
			return this.pingInterval;
		}

		public void setPingInterval(Duration pingInterval) {
			this.pingInterval = pingInterval;
		}

		public Duration getPingTimeout() {
			return this.pingTimeout;
		}

		public void setPingTimeout(Duration pingTimeout) {
			this.pingTimeout = pingTimeout;
		}

	}

	/**
	 * The user to impersonate.
	 */
	public static class Impersonate {

		/**
		 * Name of the user to impersonate.
		 */
		private @Nullable String user;

		/**
		 * Unique id of the user to impersonate.
		 */
		private @Nullable String uid;

		/**
		 * Groups of the user to impersonate.
		 */
		private List<String> groups = new ArrayList<>();

		/**
		 * Additional attributes of the user to impersonate, each with its values.
		 */
		private Map<String, List<String>> extra = new LinkedHashMap<>();

		public @Nullable String getUser() {
			return this.user;
		}

		public void setUser(@Nullable String user) {
			this.user = user;
		}

		public @Nullable String getUid() {
			return this.uid;
		}

		public void setUid(@Nullable String uid) {
			this.uid = uid;
		}

		public List<String> getGroups() {
			return this.groups;
		}

		public void setGroups(List<String> groups) {
			this.groups = groups;
		}

		public Map<String, List<String>> getExtra() {
			return this.extra;
		}

		public void setExtra(Map<String, List<String>> extra) {
			this.extra = extra;
		}

	}

	/**
	 * TLS material from the application's SSL bundles.
	 */
	public static class Ssl {

		/**
		 * SSL bundle whose trust store and key store replace the certificates of the
		 * kubeconfig file or of the service account. New connections use it after a
		 * reload.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * Credential plugins of kubeconfig files.
	 */
	public static class Exec {

		/**
		 * Policy for running credential plugins.
		 */
		private ExecPolicy.Type policy = ExecPolicy.Type.ALLOW_ALL;

		/**
		 * Credential plugins that the policy 'allowlist' permits, as paths or as names in
		 * the PATH.
		 */
		private List<String> allowlist = new ArrayList<>();

		/**
		 * Maximum time that a credential plugin may run before it is killed.
		 */
		private Duration timeout = Duration.ofMinutes(2);

		public ExecPolicy.Type getPolicy() {
			return this.policy;
		}

		public void setPolicy(ExecPolicy.Type policy) {
			this.policy = policy;
		}

		public List<String> getAllowlist() {
			return this.allowlist;
		}

		public void setAllowlist(List<String> allowlist) {
			this.allowlist = allowlist;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * Startup of the application.
	 */
	public static class Startup {

		/**
		 * Maximum time that the startup waits for all informers to sync before it fails.
		 * If not set, the startup does not wait.
		 */
		private @Nullable Duration awaitSync;

		/**
		 * Whether the application refuses traffic until all of its informers have synced
		 * once.
		 */
		private boolean readyWhenSynced = true;

		public @Nullable Duration getAwaitSync() {
			return this.awaitSync;
		}

		public void setAwaitSync(@Nullable Duration awaitSync) {
			this.awaitSync = awaitSync;
		}

		public boolean isReadyWhenSynced() {
			return this.readyWhenSynced;
		}

		public void setReadyWhenSynced(boolean readyWhenSynced) {
			this.readyWhenSynced = readyWhenSynced;
		}

	}

	/**
	 * Health of the API server and of informers.
	 */
	public static class Health {

		/**
		 * Time that an outage must last before it is reported as DOWN.
		 */
		private Duration gracePeriod = Duration.ofMinutes(1);

		/**
		 * Maximum time to wait for the API server. Should be less than the timeout of
		 * probes. Its first answer may take 5 seconds.
		 */
		private Duration timeout = Duration.ofMillis(750);

		public Duration getGracePeriod() {
			return this.gracePeriod;
		}

		public void setGracePeriod(Duration gracePeriod) {
			this.gracePeriod = gracePeriod;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * Settings of informers.
	 */
	public abstract static class InformerSettings {

		/**
		 * Strategy for the initial list of resources.
		 */
		private @Nullable InitialListStrategy initialList;

		/**
		 * Required freshness of the first list when resources are not streamed.
		 */
		private @Nullable ListFreshness listFreshness;

		/**
		 * Number of resources per page of a paged list.
		 */
		private @Nullable Integer pageSize;

		/**
		 * Minimum duration of a watch. The actual duration is random, up to twice as
		 * long.
		 */
		private @Nullable Duration minWatchTimeout;

		/**
		 * Time without data from the API server after which an informer is reported as
		 * stale.
		 */
		private @Nullable Duration staleAfter;

		/**
		 * Interval at which a cache is compared with the API server, to detect
		 * inconsistencies in tests. Zero for never.
		 */
		private @Nullable Duration consistencyCheck;

		/**
		 * Whether to drop metadata.managedFields from cached resources. Such resources
		 * must not be used for updates.
		 */
		private @Nullable Boolean dropManagedFields;

		/**
		 * Interval at which all cached resources are reported again as updates. Zero for
		 * never.
		 */
		private @Nullable Duration resync;

		/**
		 * Strategy for changes that arrive faster than the listeners of the application
		 * handle them.
		 */
		private @Nullable OverflowStrategy overflow;

		/**
		 * Maximum number of changes that may be queued for the listeners of the
		 * application with the overflow 'error'.
		 */
		private @Nullable Integer maxPending;

		public @Nullable InitialListStrategy getInitialList() {
			return this.initialList;
		}

		public void setInitialList(@Nullable InitialListStrategy initialList) {
			this.initialList = initialList;
		}

		public @Nullable ListFreshness getListFreshness() {
			return this.listFreshness;
		}

		public void setListFreshness(@Nullable ListFreshness listFreshness) {
			this.listFreshness = listFreshness;
		}

		public @Nullable Integer getPageSize() {
			return this.pageSize;
		}

		public void setPageSize(@Nullable Integer pageSize) {
			this.pageSize = pageSize;
		}

		public @Nullable Duration getMinWatchTimeout() {
			return this.minWatchTimeout;
		}

		public void setMinWatchTimeout(@Nullable Duration minWatchTimeout) {
			this.minWatchTimeout = minWatchTimeout;
		}

		public @Nullable Duration getStaleAfter() {
			return this.staleAfter;
		}

		public void setStaleAfter(@Nullable Duration staleAfter) {
			this.staleAfter = staleAfter;
		}

		public @Nullable Duration getConsistencyCheck() {
			return this.consistencyCheck;
		}

		public void setConsistencyCheck(@Nullable Duration consistencyCheck) {
			this.consistencyCheck = consistencyCheck;
		}

		public @Nullable Boolean getDropManagedFields() {
			return this.dropManagedFields;
		}

		public void setDropManagedFields(@Nullable Boolean dropManagedFields) {
			this.dropManagedFields = dropManagedFields;
		}

		public @Nullable Duration getResync() {
			return this.resync;
		}

		public void setResync(@Nullable Duration resync) {
			this.resync = resync;
		}

		public @Nullable OverflowStrategy getOverflow() {
			return this.overflow;
		}

		public void setOverflow(@Nullable OverflowStrategy overflow) {
			this.overflow = overflow;
		}

		public @Nullable Integer getMaxPending() {
			return this.maxPending;
		}

		public void setMaxPending(@Nullable Integer maxPending) {
			this.maxPending = maxPending;
		}

	}

	/**
	 * Defaults of all informers.
	 */
	public static class InformerDefaults extends InformerSettings {

		/**
		 * Namespaces to watch where neither 'k8s.client.informers' nor an
		 * InformerRegistration names any. If not set, all namespaces are watched.
		 */
		private List<String> namespaces = new ArrayList<>();

		public List<String> getNamespaces() {
			return this.namespaces;
		}

		public void setNamespaces(List<String> namespaces) {
			this.namespaces = namespaces;
		}

	}

	/**
	 * Election of the instance that runs the controllers.
	 */
	public static class LeaderElection {

		/**
		 * Whether to elect one instance of the application that runs the controllers.
		 */
		private boolean enabled;

		/**
		 * Name of the lease, the same for all instances. If not set, the name of the
		 * application.
		 */
		private @Nullable String leaseName;

		/**
		 * Namespace of the lease. If not set, the namespace of the context or of the
		 * service account.
		 */
		private @Nullable String leaseNamespace;

		/**
		 * Labels that the leader gives the lease.
		 */
		private final Map<String, String> leaseLabels = new LinkedHashMap<>();

		/**
		 * Name of this instance. If not set, its host name and a random part.
		 */
		private @Nullable String identity;

		/**
		 * Time without a renewal after which another instance takes over, in whole
		 * seconds.
		 */
		private Duration leaseDuration = Duration.ofSeconds(15);

		/**
		 * Time without a renewal after which the leader stops to lead. Shorter than the
		 * lease duration.
		 */
		private Duration renewDeadline = Duration.ofSeconds(10);

		/**
		 * Time between two attempts to get or renew the lease. The renew deadline is
		 * longer than 1.2 times of it.
		 */
		private Duration retryPeriod = Duration.ofSeconds(2);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable String getLeaseName() {
			return this.leaseName;
		}

		public void setLeaseName(@Nullable String leaseName) {
			this.leaseName = leaseName;
		}

		public @Nullable String getLeaseNamespace() {
			return this.leaseNamespace;
		}

		public void setLeaseNamespace(@Nullable String leaseNamespace) {
			this.leaseNamespace = leaseNamespace;
		}

		public Map<String, String> getLeaseLabels() {
			return this.leaseLabels;
		}

		public @Nullable String getIdentity() {
			return this.identity;
		}

		public void setIdentity(@Nullable String identity) {
			this.identity = identity;
		}

		public Duration getLeaseDuration() {
			return this.leaseDuration;
		}

		public void setLeaseDuration(Duration leaseDuration) {
			this.leaseDuration = leaseDuration;
		}

		public Duration getRenewDeadline() {
			return this.renewDeadline;
		}

		public void setRenewDeadline(Duration renewDeadline) {
			this.renewDeadline = renewDeadline;
		}

		public Duration getRetryPeriod() {
			return this.retryPeriod;
		}

		public void setRetryPeriod(Duration retryPeriod) {
			this.retryPeriod = retryPeriod;
		}

	}

	/**
	 * An informer that publishes the changes of a kind as application events.
	 */
	public static class Informer extends InformerSettings {

		/**
		 * Kind of the resources, such as 'pods', 'deployments.apps',
		 * 'deployments.v1.apps' or 'Deployment'; for a custom resource
		 * 'prometheuses.v1.monitoring.coreos.com' or
		 * 'Prometheus.v1.monitoring.coreos.com'.
		 */
		private @Nullable String resource;

		/**
		 * Namespace to watch, '*' for all. If neither this nor a list of namespaces is
		 * set, the default namespaces are watched.
		 */
		private @Nullable String namespace;

		/**
		 * Namespaces to watch with one informer.
		 */
		private List<String> namespaces = new ArrayList<>();

		/**
		 * Label selector of the resources to watch, such as 'app=web,tier!=cache'.
		 */
		private @Nullable String labelSelector;

		/**
		 * Field selector of the resources to watch, such as 'spec.nodeName=worker-1'.
		 */
		private @Nullable String fieldSelector;

		public @Nullable String getResource() {
			return this.resource;
		}

		public void setResource(@Nullable String resource) {
			this.resource = resource;
		}

		public @Nullable String getNamespace() {
			return this.namespace;
		}

		public void setNamespace(@Nullable String namespace) {
			this.namespace = namespace;
		}

		public List<String> getNamespaces() {
			return this.namespaces;
		}

		public void setNamespaces(List<String> namespaces) {
			this.namespaces = namespaces;
		}

		public @Nullable String getLabelSelector() {
			return this.labelSelector;
		}

		public void setLabelSelector(@Nullable String labelSelector) {
			this.labelSelector = labelSelector;
		}

		public @Nullable String getFieldSelector() {
			return this.fieldSelector;
		}

		public void setFieldSelector(@Nullable String fieldSelector) {
			this.fieldSelector = fieldSelector;
		}

	}

}
