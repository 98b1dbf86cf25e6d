package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.util.Assert;

/**
 * How an informer works. Immutable: each {@code with} method returns a changed copy.
 *
 * @since 0.1.0
 */
public final class InformerOptions {

	private static final InformerOptions DEFAULTS = new InformerOptions(new Settings());

	private final Settings settings;

	private InformerOptions(Settings settings) {
		this.settings = settings;
	}

	private InformerOptions with(Consumer<Settings> change) {
		Settings changed = new Settings(this.settings);
		change.accept(changed);
		return new InformerOptions(changed);
	}

	/**
	 * Return the options of client-go: no resync, streaming lists, pages of 500 objects
	 * where lists are paged, watches of 5 to 10 minutes; stale after 11 minutes.
	 * @return the defaults
	 */
	public static InformerOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Show every object of the store to the handlers again and again, unless a handler
	 * says otherwise. No request is made for it.
	 * @param resync the time between two rounds, at least one second; zero for never
	 * @return the changed options
	 * @throws IllegalArgumentException if the period is negative, or shorter than a
	 * second and not zero
	 * @see HandlerOptions#withResync(Duration)
	 */
	public InformerOptions withResync(Duration resync) {
		Duration checked = HandlerOptions.checkResync(resync);
		return with((settings) -> settings.resync = checked);
	}

	/**
	 * Choose how many objects a page has when a list is read in pages: when it cannot be
	 * answered from the cache of the server.
	 * @param pageSize the number of objects, positive
	 * @return the changed options
	 */
	public InformerOptions withPageSize(int pageSize) {
		Assert.isTrue(pageSize > 0, "'pageSize' must be positive");
		return with((settings) -> settings.pageSize = pageSize);
	}

	/**
	 * Choose how long a watch lasts at least. Each watch asks the server for a random
	 * time between this and twice as long, so that the watches of many clients do not end
	 * together.
	 * @param minWatchTimeout the time, at least a second
	 * @return the changed options
	 */
	public InformerOptions withMinWatchTimeout(Duration minWatchTimeout) {
		Assert.notNull(minWatchTimeout, "'minWatchTimeout' must not be null");
		Assert.isTrue(minWatchTimeout.toSeconds() >= 1, "'minWatchTimeout' must be at least one second");
		return with((settings) -> settings.minWatchTimeout = minWatchTimeout);
	}

	/**
	 * Choose after which silence of the server the store is called stale. A healthy
	 * server is heard of at least as often as a watch ends, and with bookmarks every
	 * minute.
	 * @param staleAfter the time, positive
	 * @return the changed options
	 * @see InformerState#STALE
	 */
	public InformerOptions withStaleAfter(Duration staleAfter) {
		Assert.notNull(staleAfter, "'staleAfter' must not be null");
		Assert.isTrue(!staleAfter.isNegative() && !staleAfter.isZero(), "'staleAfter' must be positive");
		return with((settings) -> settings.staleAfter = staleAfter);
	}

	/**
	 * Choose how the informer learns of the objects that are there already.
	 * @param initialList the strategy
	 * @return the changed options
	 */
	public InformerOptions withInitialList(InitialListStrategy initialList) {
		Assert.notNull(initialList, "'initialList' must not be null");
		return with((settings) -> settings.initialList = initialList);
	}

	/**
	 * Choose how new the first list has to be, where the objects are not streamed.
	 * @param listFreshness the freshness
	 * @return the changed options
	 */
	public InformerOptions withListFreshness(ListFreshness listFreshness) {
		Assert.notNull(listFreshness, "'listFreshness' must not be null");
		return with((settings) -> settings.listFreshness = listFreshness);
	}

	/**
	 * Compare the store with the API server again and again: list all objects as they
	 * were at the version that the store has come to, and report each difference as an
	 * error. There is none unless the API server, a proxy before it or this client is
	 * broken, so this is for tests and for the search for such a fault; it costs a whole
	 * list each time.
	 * @param consistencyCheck the time between two comparisons, at least one second; zero
	 * for never
	 * @return the changed options
	 */
	public InformerOptions withConsistencyCheck(Duration consistencyCheck) {
		Assert.notNull(consistencyCheck, "'consistencyCheck' must not be null");
		Assert.isTrue(consistencyCheck.isZero() || consistencyCheck.toSeconds() >= 1,
				"'consistencyCheck' must be at least one second");
		return with((settings) -> settings.consistencyCheck = consistencyCheck);
	}

	/**
	 * Choose whether the objects are kept without {@code metadata.managedFields}, which
	 * are a large part of most objects and matter to server-side apply alone. An object
	 * without them must not be written back by an update. Otherwise equal ones are shared
	 * like all equal parts of objects, as long as the
	 * {@linkplain SharedInformerFactory.Builder#decoding decoding} shares any.
	 * @param dropManagedFields {@code true} to leave them out
	 * @return the changed options
	 */
	public InformerOptions withDropManagedFields(boolean dropManagedFields) {
		return with((settings) -> settings.dropManagedFields = dropManagedFields);
	}

	/**
	 * Return the time between two resyncs.
	 * @return the period, zero for never
	 */
	public Duration resync() {
		return this.settings.resync;
	}

	/**
	 * Return how many objects a page of a list has.
	 * @return the number of objects
	 */
	public int pageSize() {
		return this.settings.pageSize;
	}

	/**
	 * Return how long a watch lasts at least.
	 * @return the time
	 */
	public Duration minWatchTimeout() {
		return this.settings.minWatchTimeout;
	}

	/**
	 * Return after which silence of the server the store is called stale.
	 * @return the time
	 */
	public Duration staleAfter() {
		return this.settings.staleAfter;
	}

	/**
	 * Return how the informer learns of the objects that are there already.
	 * @return the strategy
	 */
	public InitialListStrategy initialList() {
		return this.settings.initialList;
	}

	/**
	 * Return how new the first list has to be.
	 * @return the freshness
	 */
	public ListFreshness listFreshness() {
		return this.settings.listFreshness;
	}

	/**
	 * Return the time between two comparisons of the store with the API server.
	 * @return the time, zero for never
	 */
	public Duration consistencyCheck() {
		return this.settings.consistencyCheck;
	}

	/**
	 * Return whether the objects are kept without {@code metadata.managedFields}.
	 * @return {@code true} if they are left out
	 */
	public boolean dropManagedFields() {
		return this.settings.dropManagedFields;
	}

	@Override
	public boolean equals(Object other) {
		return this == other
				|| (other instanceof InformerOptions options && this.settings.all().equals(options.settings.all()));
	}

	@Override
	public int hashCode() {
		return this.settings.all().hashCode();
	}

	@Override
	public String toString() {
		return this.settings.all().toString();
	}

	/**
	 * The values, which change only before an {@link InformerOptions} holds them.
	 */
	private static final class Settings {

		private Duration resync = Duration.ZERO;

		private int pageSize = 500;

		private Duration minWatchTimeout = Duration.ofMinutes(5);

		private Duration staleAfter = Duration.ofMinutes(11);

		private InitialListStrategy initialList = InitialListStrategy.STREAMING_LIST;

		private ListFreshness listFreshness = ListFreshness.ANY;

		private Duration consistencyCheck = Duration.ZERO;

		private boolean dropManagedFields;

		Settings() {
		}

		Settings(Settings other) {
			this.resync = other.resync;
			this.pageSize = other.pageSize;
			this.minWatchTimeout = other.minWatchTimeout;
			this.staleAfter = other.staleAfter;
			this.initialList = other.initialList;
			this.listFreshness = other.listFreshness;
			this.consistencyCheck = other.consistencyCheck;
			this.dropManagedFields = other.dropManagedFields;
		}

		Map<String, Object> all() {
			Map<String, Object> all = new LinkedHashMap<>();
			all.put("resync", this.resync);
			all.put("pageSize", this.pageSize);
			all.put("minWatchTimeout", this.minWatchTimeout);
			all.put("staleAfter", this.staleAfter);
			all.put("initialList", this.initialList);
			all.put("listFreshness", this.listFreshness);
			all.put("consistencyCheck", this.consistencyCheck);
			all.put("dropManagedFields", this.dropManagedFields);
			return all;
		}

	}

}
