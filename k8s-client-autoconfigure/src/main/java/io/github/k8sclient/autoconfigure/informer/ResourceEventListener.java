package io.github.k8sclient.autoconfigure.informer;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * A listener of resource events that the application declares.
 *
 * @param description the method or the bean, for messages
 * @param type the resource type that it listens to, {@code null} if it does not name one
 */
record ResourceEventListener(String description, @Nullable Class<? extends KubernetesObject> type) {

}
