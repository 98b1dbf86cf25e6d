package io.github.k8sclient.test;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import io.github.k8sclient.meta.ShardSelector;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API server does with the objects of a resource: reads, and writes with their
 * preparation, checks and preconditions. Each write is one transaction of the store.
 */
final class ResourceOperations {

	private static final String NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

	private static final int GENERATED_NAME_PREFIX_LIMIT = 58;

	private static final List<String> SERVER_SET = List.of("uid", "creationTimestamp", "deletionTimestamp",
			"deletionGracePeriodSeconds", "selfLink");

	private static final List<String> KEPT_ON_UPDATE = List.of("uid", "creationTimestamp", "deletionTimestamp",
			"deletionGracePeriodSeconds", "generation");

	private final ObjectStore store;

	private final Clock clock;

	private final FieldManager fields = new FieldManager(this::now);

	private final CustomResourceDefinitions definitions;

	private final Deletion deletion;

	private final ServiceAddresses addresses = new ServiceAddresses();

	private final Random random = new SecureRandom();

	ResourceOperations(ObjectStore store, ResourceCatalog catalog, Clock clock, boolean garbageCollection) {
		this.store = store;
		this.clock = clock;
		this.definitions = new CustomResourceDefinitions(catalog, clock);
		this.deletion = new Deletion(catalog, this.definitions, clock, garbageCollection);
	}

	StoredObject get(ServedResource resource, @Nullable String namespace, String name,
			@Nullable String resourceVersion) {
		if (resourceVersion != null) {
			checkNotTooLarge(ListRequest.revision(resourceVersion));
		}
		return this.store.transact((transaction) -> existing(transaction, resource, namespace, name));
	}

	/**
	 * Remove all objects, whatever holds them.
	 */
	void deleteAll() {
		this.store.transact((transaction) -> {
			this.deletion.deleteAll(transaction);
			return transaction;
		});
	}

	FieldManager fields() {
		return this.fields;
	}

	/**
	 * Read a list or a page of it.
	 * @param resource the resource
	 * @param namespace the namespace, null for all
	 * @param request what to read
	 * @return the page
	 */
	Page list(ServedResource resource, @Nullable String namespace, ListRequest request) {
		String prefix = (namespace != null) ? namespace + "/" : "";
		ObjectStore.Snapshot snapshot = snapshot(resource, request);
		String start = (request.continueToken() != null) ? prefix + ContinueToken.parse(request.continueToken()).start()
				: prefix;
		// a list from the cache of the API server ("0") is never cut into pages
		long limit = "0".equals(request.resourceVersion()) ? 0 : request.limit();
		return page(resource, request, prefix, start, snapshot, limit);
	}

	StoredObject create(ServedResource resource, @Nullable String namespace, ObjectNode object, WriteOptions options) {
		ObjectNode metadata = Trees.object(object, "metadata");
		String ownNamespace = Trees.text(metadata, "namespace");
		if (namespace != null && ownNamespace != null && !ownNamespace.equals(namespace)) {
			throw Statuses
				.badRequest("the namespace of the provided object does not match the namespace sent on the request");
		}
		if (Trees.text(metadata, "resourceVersion") != null) {
			throw Statuses.internalError("resourceVersion should not be set on objects to be created");
		}
		return this.store.transact((transaction) -> create(transaction, resource, namespace, object, options, true));
	}

	/**
	 * Replace an object.
	 * @param resource the resource
	 * @param namespace the namespace, null for cluster-scoped objects
	 * @param name the name
	 * @param update what to change it into
	 * @param options the options
	 * @return the object after the update, and whether it was created by it
	 */
	Updated update(ServedResource resource, @Nullable String namespace, String name, Update update,
			WriteOptions options) {
		return this.store.transact((transaction) -> {
			StoredObject existing = transaction.get(resource.table(), resource.key(namespace, name));
			if (existing == null) {
				if (!update.creates(resource)) {
					throw Statuses.notFound(resource, name);
				}
				ObjectNode object = update.apply(null);
				String uid = Trees.text(object.path("metadata"), "uid");
				if (update.isApply() && uid != null) {
					throw Statuses.conflict(resource, name,
							"uid mismatch: the provided object specified uid %s, and no existing object was found"
								.formatted(uid));
				}
				checkIdentity(namespace, name, object);
				Trees.object(object, "metadata").remove("resourceVersion");
				return new Updated(create(transaction, resource, namespace, object, options, !update.isApply()), true);
			}
			return new Updated(replace(transaction, resource, namespace, existing, update, options), false);
		});
	}

	Deletion.Outcome delete(ServedResource resource, @Nullable String namespace, String name, DeleteRequest request) {
		return this.store.transact((transaction) -> this.deletion.delete(transaction, resource,
				existing(transaction, resource, namespace, name), request));
	}

	/**
	 * Delete a pod unless a disruption budget protects it.
	 * @param pods the resource of pods
	 * @param namespace the namespace
	 * @param name the name of the pod
	 * @param request how to delete it
	 * @throws StatusException 429 if a budget does not allow it now
	 */
	void evict(ServedResource pods, String namespace, String name, DeleteRequest request) {
		this.store.transact((transaction) -> {
			StoredObject pod = existing(transaction, pods, namespace, name);
			DisruptionBudgets.spend(transaction, namespace, pod, request.dryRun());
			return this.deletion.delete(transaction, pods, pod, request);
		});
	}

	/**
	 * Delete what a list would return.
	 * @param resource the resource
	 * @param namespace the namespace, null for all
	 * @param list what to delete
	 * @param request how to delete
	 * @return the objects as they were
	 */
	Page deleteCollection(ServedResource resource, @Nullable String namespace, ListRequest list,
			DeleteRequest request) {
		return this.store.transact((transaction) -> {
			Page page = list(resource, namespace, list);
			List<StoredObject> deleted = new ArrayList<>();
			for (StoredObject object : page.items()) {
				// an earlier deletion may have taken this one along
				if (transaction.get(resource.table(), object.key()) == object) {
					this.deletion.delete(transaction, resource, object, request);
				}
				deleted.add(object);
			}
			return new Page(page.revision(), deleted, page.continueToken(), page.remaining(), page.shard());
		});
	}

	private StoredObject existing(ObjectStore.Transaction transaction, ServedResource resource,
			@Nullable String namespace, String name) {
		StoredObject object = transaction.get(resource.table(), resource.key(namespace, name));
		if (object == null) {
			throw Statuses.notFound(resource, name);
		}
		return object;
	}

	private StoredObject create(ObjectStore.Transaction transaction, ServedResource resource,
			@Nullable String namespace, ObjectNode object, WriteOptions options, boolean track) {
		ObjectNode metadata = Trees.object(object, "metadata");
		metadata.remove(SERVER_SET);
		if (namespace != null) {
			metadata.put("namespace", namespace);
		}
		else {
			metadata.remove("namespace");
		}
		generateName(transaction, resource, namespace, metadata);
		String name = metadata.path("name").asString("");
		if (namespace != null) {
			checkNamespace(transaction, resource, namespace, name);
		}
		metadata.put("uid", UUID.randomUUID().toString());
		metadata.put("creationTimestamp", now());
		resource.rules().applyDefaults(object);
		if (track) {
			this.fields.update(resource, null, object, options.manager(), null);
		}
		ObjectNode stored = resource.toStorage(object);
		resource.rules().prepareCreate(stored);
		resource.validate(null, stored, false);
		String key = resource.key(namespace, name);
		if (transaction.get(resource.table(), key) != null) {
			throw Statuses.alreadyExists(resource, name);
		}
		if (resource.qualifiedName().equals("services")) {
			this.addresses.assign(stored);
		}
		return options.dryRun() ? new StoredObject(key, 0, stored) : put(transaction, resource, key, stored);
	}

	private StoredObject replace(ObjectStore.Transaction transaction, ServedResource resource,
			@Nullable String namespace, StoredObject existing, Update update, WriteOptions options) {
		ObjectNode object = update.apply(resource.fromStorage(existing.copy()));
		String name = existing.metadata().path("name").asString("");
		checkIdentity(namespace, name, object);
		ObjectNode metadata = Trees.object(object, "metadata");
		checkUid(resource, existing, metadata, update);
		checkResourceVersion(resource, existing, name, metadata);
		KEPT_ON_UPDATE.forEach((member) -> Trees.copy(metadata, member, existing.metadata()));
		metadata.remove("selfLink");
		if (namespace != null) {
			metadata.put("namespace", namespace);
		}
		resource.rules().applyDefaults(object);
		if (!update.isApply()) {
			this.fields.update(resource, resource.fromStorage(existing.tree()), object, options.manager(),
					update.subresource());
		}
		ObjectNode stored = resource.toStorage(object);
		update.prepare(existing.tree(), stored);
		resource.validate(existing.tree(), stored, update.statusOnly());
		if (resource.qualifiedName().equals("services")) {
			this.addresses.keep(existing.tree(), stored);
		}
		ManagedFields.keepTimes(existing.tree(), stored);
		if (existing.tree().equals(stored)) {
			return existing;
		}
		if (options.dryRun()) {
			return new StoredObject(existing.key(), existing.resourceVersion(), stored);
		}
		if (Deletion.isComplete(existing, stored)) {
			this.deletion.complete(transaction, resource, existing, stored);
			return new StoredObject(existing.key(), existing.resourceVersion(), stored);
		}
		return put(transaction, resource, existing.key(), stored);
	}

	private StoredObject put(ObjectStore.Transaction transaction, ServedResource resource, String key,
			ObjectNode tree) {
		StoredObject stored = transaction.put(resource.table(), key, tree);
		if (resource.table().equals(CustomResourceDefinitions.TABLE)) {
			this.definitions.settle(transaction, stored);
		}
		return stored;
	}

	private static void checkIdentity(@Nullable String namespace, String name, ObjectNode object) {
		ObjectNode metadata = Trees.object(object, "metadata");
		String ownName = Trees.text(metadata, "name");
		if (ownName == null) {
			throw Statuses
				.badRequest("the name of the object (%s based on URL) was undeterminable: name must be provided"
					.formatted(name));
		}
		if (!ownName.equals(name)) {
			throw Statuses.badRequest(
					"the name of the object (%s) does not match the name on the URL (%s)".formatted(ownName, name));
		}
		String ownNamespace = Trees.text(metadata, "namespace");
		if (namespace != null && ownNamespace != null && !ownNamespace.equals(namespace)) {
			throw Statuses
				.badRequest("the namespace of the object (%s) does not match the namespace on the request (%s)"
					.formatted(ownNamespace, namespace));
		}
	}

	private static void checkUid(ServedResource resource, StoredObject existing, ObjectNode metadata, Update update) {
		String uid = Trees.text(metadata, "uid");
		if (uid == null || uid.equals(existing.uid())) {
			return;
		}
		String name = metadata.path("name").asString("");
		if (update.isPatch()) {
			throw Statuses.invalid(resource, name,
					List.of(FieldError.invalid("metadata.uid", FieldError.quote(uid), "field is immutable")));
		}
		throw Statuses.conflict(resource, name,
				("StorageError: invalid object, Code: 4, Key: /registry/%s/%s, ResourceVersion: 0, AdditionalErrorMsg: "
						+ "Precondition failed: UID in precondition: %s, UID in object meta: %s")
					.formatted(resource.name(), existing.key(), uid, existing.uid()));
	}

	private static void checkResourceVersion(ServedResource resource, StoredObject existing, String name,
			ObjectNode metadata) {
		String resourceVersion = Trees.text(metadata, "resourceVersion");
		if (resourceVersion == null || resourceVersion.equals("0")) {
			if (!resource.rules().unconditionalUpdate()) {
				throw Statuses.invalidResource(resource, name, List
					.of(FieldError.invalid("metadata.resourceVersion", "0", "must be specified for an update")));
			}
		}
		else if (!resourceVersion.matches("\\d{1,18}")) {
			throw Statuses.internalError(
					"strconv.ParseUint: parsing %s: invalid syntax".formatted(FieldError.quote(resourceVersion)));
		}
		else if (Long.parseLong(resourceVersion) != existing.resourceVersion()) {
			throw Statuses.modified(resource, name);
		}
		metadata.put("resourceVersion", Long.toString(existing.resourceVersion()));
	}

	private static void checkNamespace(ObjectStore.Transaction transaction, ServedResource resource, String namespace,
			String name) {
		StoredObject found = transaction.get("namespaces", namespace);
		if (found == null) {
			throw Statuses.namespaceNotFound(namespace);
		}
		if (found.terminating()) {
			throw Statuses.namespaceTerminating(resource, name, namespace);
		}
	}

	private void generateName(ObjectStore.Transaction transaction, ServedResource resource, @Nullable String namespace,
			ObjectNode metadata) {
		String prefix = Trees.text(metadata, "generateName");
		if (prefix == null || Trees.text(metadata, "name") != null) {
			return;
		}
		String name;
		do {
			StringBuilder suffix = new StringBuilder();
			this.random.ints(5, 0, NAME_ALPHABET.length())
				.forEach((index) -> suffix.append(NAME_ALPHABET.charAt(index)));
			name = prefix.substring(0, Math.min(prefix.length(), GENERATED_NAME_PREFIX_LIMIT)) + suffix;
		}
		while (transaction.get(resource.table(), resource.key(namespace, name)) != null);
		metadata.put("name", name);
	}

	private ObjectStore.Snapshot snapshot(ServedResource resource, ListRequest request) {
		if (request.continueToken() != null) {
			return continuedSnapshot(resource, request, request.continueToken());
		}
		Long revision = request.revision();
		if (revision == null || revision == 0) {
			return present(resource);
		}
		checkNotTooLarge(revision);
		// a page of a certain version is exact even if the client does not say so
		boolean exact = "Exact".equals(request.match()) || (request.match() == null && request.limit() > 0);
		if (!exact) {
			return present(resource);
		}
		ObjectStore.Snapshot snapshot = this.store.snapshot(resource.table(), revision);
		if (snapshot == null) {
			throw Statuses.expired("The resourceVersion for the provided list is too old.");
		}
		return snapshot;
	}

	private ObjectStore.Snapshot continuedSnapshot(ServedResource resource, ListRequest request, String text) {
		if (request.resourceVersion() != null && !request.resourceVersion().equals("0")) {
			throw Statuses.badRequest("specifying resource version is not allowed when using continue");
		}
		ContinueToken token = ContinueToken.parse(text);
		if (token.revision() < 0) {
			return present(resource);
		}
		ObjectStore.Snapshot snapshot = this.store.snapshot(resource.table(), token.revision());
		if (snapshot == null) {
			throw Statuses.expiredContinue("The provided continue parameter is too old to display a consistent list "
					+ "result. You can start a new list without the continue parameter, or use the continue token in "
					+ "this response to retrieve the remainder of the results. Continuing with the provided token "
					+ "results in an inconsistent list - objects that were created, modified, or deleted between the "
					+ "time the first chunk was returned and now may show up in the list.",
					new ContinueToken(-1, token.start()).encode());
		}
		return snapshot;
	}

	private ObjectStore.Snapshot present(ServedResource resource) {
		ObjectStore.Snapshot snapshot = this.store.snapshot(resource.table(), null);
		if (snapshot == null) {
			throw new IllegalStateException("The present state cannot be too old");
		}
		return snapshot;
	}

	private void checkNotTooLarge(long revision) {
		long current = this.store.revision();
		if (revision > current) {
			throw Statuses.tooLargeResourceVersion(revision, current);
		}
	}

	private static Page page(ServedResource resource, ListRequest request, String prefix, String start,
			ObjectStore.Snapshot snapshot, long limit) {
		List<StoredObject> items = new ArrayList<>();
		String last = null;
		for (Map.Entry<String, StoredObject> entry : snapshot.objects().tailMap(start, true).entrySet()) {
			if (!entry.getKey().startsWith(prefix)) {
				break;
			}
			if (limit > 0 && items.size() == limit && last != null) {
				// remaining items are only known when nothing is filtered
				Long remaining = request.selectsEverything() ? remaining(snapshot, prefix, last) : null;
				ContinueToken token = new ContinueToken(snapshot.revision(), last.substring(prefix.length()) + "\0");
				return new Page(snapshot.revision(), items, token.encode(), remaining, request.shard());
			}
			if (request.matches(resource, entry.getValue())) {
				items.add(entry.getValue());
			}
			last = entry.getKey();
		}
		return new Page(snapshot.revision(), items, null, null, request.shard());
	}

	private static long remaining(ObjectStore.Snapshot snapshot, String prefix, String last) {
		return snapshot.objects()
			.tailMap(last, false)
			.keySet()
			.stream()
			.takeWhile((key) -> key.startsWith(prefix))
			.count();
	}

	String now() {
		return Instant.now(this.clock).truncatedTo(ChronoUnit.SECONDS).toString();
	}

	/**
	 * The result of a list.
	 *
	 * @param revision the revision at which it was read
	 * @param items the objects
	 * @param continueToken where to go on, null on the last page
	 * @param remaining how many objects are left, null if that is not known
	 * @param shard the shard, null for all objects
	 */
	record Page(long revision, List<StoredObject> items, @Nullable String continueToken, @Nullable Long remaining,
			@Nullable ShardSelector shard) {

	}

	/**
	 * The result of an update.
	 *
	 * @param object the object
	 * @param created whether it did not exist before
	 */
	record Updated(StoredObject object, boolean created) {

	}

}
