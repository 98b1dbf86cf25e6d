package io.github.k8sclient.test;

import org.jspecify.annotations.Nullable;

/**
 * A change of one object.
 *
 * @param table the name of the table, such as {@code deployments.apps}
 * @param resourceVersion the resource version that the change got
 * @param previous the object before the change, null if it was created
 * @param current the object after the change; for a deletion its last state with the
 * resource version of the deletion
 * @param deleted whether the object is gone
 */
record StoreEvent(String table, long resourceVersion, @Nullable StoredObject previous, StoredObject current,
		boolean deleted) {

}
